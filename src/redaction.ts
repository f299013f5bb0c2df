/**
 * Takes out of a text what has the form of a secret. The last line of defence: nothing secret is handed to a log or an audit entry in
 * the first place. What is harmless and looks alike goes too.
 */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((clean, [secret, replacement]) => clean.replace(secret, replacement), text);
}

/** The same for what has no form but chance: tokens, codes and keys. Public thumbprints of keys look like that, too. */
export function withoutOpaqueWords(text: string): string {
  return text.replace(LONG_WORD, (word) => (isOpaque(word) ? MASK : word));
}

const MASK = '…';

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[^]*?(?:-----END [A-Z ]+-----|$)/g, MASK],
  // JWS and JWE in their compact forms (RFC 7515 §7.1, RFC 7516 §7.1): base64url of a JSON object, and at least one more part.
  [/\b(?:eyJ|e30|ewo|eyA)[\w-]*(?:\.[\w-]*){1,4}/g, MASK],
  [/\b(Bearer|DPoP|Basic) +[\w.~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/\bfdxc_(?:app|op)_[\w-]+/g, MASK],
  [/\/connect\/[\w-]+/g, MASK],
  // A password in an address, and whatever stands behind its path: codes, states, tokens.
  [/(:\/\/)[^\s/@]{1,300}@/g, `$1${MASK}@`],
  [/(:\/\/[^\s?#]{1,300})[?#]\S*/g, `$1?${MASK}`],
  // Members of forms and JSON, private members of a JWK among them (RFC 7518 §6).
  [
    /((?:access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|code|state|password)["']?\s*[:=]\s*["']?)[^\s"'&,}]+/g,
    `$1${MASK}`,
  ],
  [/("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")[^"]*/g, `$1${MASK}`],
];

/** 32 random bytes are 43 characters; our own ids are shorter, or lower case. */
const LONG_WORD = /[\w-]{40,}/g;

/** Tokens and keys mix cases and digits. */
function isOpaque(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word);
}
