import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * What an API key looks like: `fdxc_`, whose it is, 43 digits of chance and 6 of a checksum, all in base 62. Whoever looks for keys
 * in code and logs needs no list of ours to know one, and a key that lost a character on its way is told from one that is wrong.
 */
const FORM = /^fdxc_(app|op)_[0-9A-Za-z]{49}$/;
/** Keys of before there was a checksum: 32 bytes in base64url. They stay good until they are revoked. */
const OLDER_FORM = /^fdxc_(app|op)_[\w-]{43}$/;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** As many as 32 bytes need, and as many as 4 do. */
const RANDOM_DIGITS = 43;
const CHECK_DIGITS = 6;

export function newApiKeyText(role: 'application' | 'operator'): string {
  const random = inBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_DIGITS);
  const body = `fdxc_${role === 'operator' ? 'op' : 'app'}_${random}`;
  return body + checksumOf(body);
}

/** `mistyped`: it has the form of a key, and its checksum does not fit. `foreign`: nothing that we ever gave out. */
export function judgeApiKeyText(text: string): 'fit' | 'mistyped' | 'foreign' {
  if (FORM.test(text))
    return checksumOf(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS) ? 'fit' : 'mistyped';
  return OLDER_FORM.test(text) ? 'fit' : 'foreign';
}

/** CRC-32 (ISO 3309) of everything before it. No secret: it depends on nothing but the key. */
function checksumOf(body: string): string {
  return inBase62(BigInt(crc32(body)), CHECK_DIGITS);
}

function inBase62(value: bigint, digits: number): string {
  let text = '';
  for (let rest = value; text.length < digits; rest /= 62n) text = `${DIGITS[Number(rest % 62n)] ?? ''}${text}`;
  return text;
}
