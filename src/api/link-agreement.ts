import type { Request, Response } from 'express';
import { recordAgreement } from '../disclosures/agreement';
import { ConsentFailure } from '../domain/failures';
import type { LaunchedRow } from '../store/consents';
import { countAgreements } from '../store/disclosures';
import type { ApiDependencies } from './dependencies';
import { linkDisclosure, type LinkDisclosure } from './link-disclosure';

type LinkAgreement =
  | { readonly kind: 'recorded'; readonly agreedAt: Date; readonly digest: string; readonly agreementId: string }
  /** The page is shown again, saying why; nothing was started. */
  | {
      readonly kind: 'refused';
      readonly because: 'changed' | 'name';
      readonly name: string;
      readonly disclosure: LinkDisclosure;
    };

/** By one link. The workflow sends nobody to a bank so often; each agreement is kept for years. */
const MOST_AGREEMENTS = 60;

/** As a browser counts them (HTML maxlength). */
const MAX_NAME_CHARACTERS = 200;

/**
 * What the person agreed to by sending the form, once it is written down: the words that were in front of them, and none that took their
 * place meanwhile.
 *
 * @throws {ConsentFailure} launch_limit_reached
 */
export async function agreementOf(
  deps: ApiDependencies,
  row: LaunchedRow,
  request: Request,
  response: Response,
): Promise<LinkAgreement> {
  const { disclosure: digest, language, name: typed = '' } = fieldsOf(request);
  const disclosure = await linkDisclosure(deps, row, request, language);
  const current = disclosure.kind === 'ours' ? disclosure.shown.digest : disclosure.agreed.digest;
  if (digest !== current) return { kind: 'refused', because: 'changed', name: typed, disclosure };
  if (disclosure.kind === 'agreed') {
    const { agreed } = disclosure;
    return { kind: 'recorded', agreedAt: agreed.agreed_at, digest, agreementId: agreed.agreement_id };
  }
  const { shown } = disclosure;
  const isSigned = shown.named.template.signature === 'typed_name';
  const name = isSigned ? nameIn(typed) : undefined;
  if (isSigned && name === undefined) return { kind: 'refused', because: 'name', name: typed, disclosure };
  if ((await countAgreements(deps.database, row.link_id)) >= MOST_AGREEMENTS) {
    throw new ConsentFailure('launch_limit_reached');
  }
  const agreedAt = new Date();
  const { agreementId } = await recordAgreement(deps, {
    consentId: row.id,
    invitationId: row.link_id,
    disclosure: {
      source: 'template',
      template: shown.named.id,
      language: shown.document.language,
      document: shown.document,
    },
    agreedAt,
    name,
    recordedBy: 'person',
    requestId: response.locals['requestId'] as string,
  });
  return { kind: 'recorded', agreedAt, digest, agreementId };
}

/** A field that comes twice is none: our form has each once. */
function fieldsOf(request: Request): Readonly<Partial<Record<'disclosure' | 'language' | 'name', string>>> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const entries = ['disclosure', 'language', 'name'].map((name) => [name, body[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
}

/** @returns undefined for what is nobody's name */
export function nameIn(typed: string): string | undefined {
  const name = typed.trim();
  const isName = name.length > 0 && name.length <= MAX_NAME_CHARACTERS && name.isWellFormed() && !/\p{Cc}/u.test(name);
  return isName && /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}
