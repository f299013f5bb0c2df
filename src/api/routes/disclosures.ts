import type { RequestHandler } from 'express';
import { recordAgreement, typedNameOf } from '../../disclosures/agreement';
import type { DisclosureDocument } from '../../disclosures/document';
import { renderPdf } from '../../documents/pdf';
import { ConsentFailure } from '../../domain/failures';
import type { ApplicationId, ConsentId, InvitationId } from '../../domain/ids';
import { digestOf } from '../../evidence/canonical';
import {
  findAgreedBy,
  findDisclosure,
  listDisclosures,
  wasLinkUsed,
  type AgreedDisclosure,
} from '../../store/disclosures';
import { findInvitation, lockInvitation } from '../../store/invitations';
import { currentReason } from '../../store/opening-log';
import { applicationOf, parameterOf } from '../authentication';
import type { disclosureSchema, wholeDisclosureSchema } from '../contract/schemas/disclosure';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { parseDisclosure, type SubmittedDisclosure } from '../disclosure-request';
import { openLinkOf } from '../launched-link';
import { ownConsent } from '../own-consent';
import { agreedPrint } from '../pages/agreed';

/**
 * `POST /v1/consents/{consentId}/disclosures`: the application has shown its own disclosure, and the person agreed to it there. The
 * link's page then asks for no second agreement. The same again is answered in the same way.
 *
 * @throws {ConsentFailure} consent_ended, disclosure_too_late
 * @throws {RequestFailure} request_invalid
 */
export function submitDisclosure(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const linkId = openLinkOf(row);
    const link = linkId === undefined ? undefined : await findInvitation(deps.database, linkId);
    if (!link) throw new ConsentFailure(row.ended_at === null ? 'disclosure_too_late' : 'consent_ended');
    const submitted = parseDisclosure(request.body, link.created_at, new Date());
    const { id: applicationId } = applicationOf(response);
    const { disclosureId, isNew } = await recordOnce(deps, {
      consentId: row.id,
      linkId: link.id,
      submitted,
      applicationId,
    });
    const recorded = await findDisclosure(deps.database, applicationId, disclosureId);
    if (!recorded) throw new Error('a disclosure that was just written is not there');
    response.set('Cache-Control', 'no-store').status(isNew ? 201 : 200);
    if (isNew) response.location(`/v1/disclosures/${disclosureId}`);
    response.json(viewOf(recorded));
  };
}

interface Recording {
  readonly consentId: ConsentId;
  readonly linkId: InvitationId;
  readonly submitted: SubmittedDisclosure;
  readonly applicationId: ApplicationId;
}

/** One at a time for a link: of two that say the same at once, the second finds the first. */
function recordOnce(
  deps: ApiDependencies,
  { consentId, linkId, submitted, applicationId }: Recording,
): Promise<{ readonly disclosureId: string; readonly isNew: boolean }> {
  return deps.database.transaction().execute(async (transaction) => {
    await lockInvitation(transaction, linkId);
    const parts = { database: transaction, vault: deps.vault };
    const before = await sameBefore(parts, linkId, submitted);
    if (before) return { disclosureId: before.id, isNew: false };
    if (await wasLinkUsed(transaction, linkId)) throw new ConsentFailure('disclosure_too_late');
    const { language, document, agreedAt, name } = submitted;
    const { disclosureId } = await recordAgreement(parts, {
      consentId,
      invitationId: linkId,
      disclosure: { source: 'application', template: null, language, document },
      agreedAt,
      name,
      recordedBy: `application:${applicationId}`,
      requestId: currentReason().requestId ?? null,
    });
    return { disclosureId, isNew: true };
  });
}

async function sameBefore(
  parts: Pick<ApiDependencies, 'database' | 'vault'>,
  linkId: InvitationId,
  { document, agreedAt, name }: SubmittedDisclosure,
): Promise<AgreedDisclosure | undefined> {
  const before = await findAgreedBy(parts.database, linkId, 'application');
  if (before?.digest !== digestOf(document) || before.agreed_at.getTime() !== agreedAt.getTime()) return undefined;
  const isSigned = before.method === 'typed_name';
  if (isSigned !== (name !== undefined)) return undefined;
  return !isSigned || (await typedNameOf(parts, before)) === name ? before : undefined;
}

/** `GET /v1/consents/{consentId}/disclosures`: all that the person agreed to, oldest first. */
export function readDisclosures(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await ownConsent(deps, request, response);
    const disclosures = await listDisclosures(deps.database, id);
    response.set('Cache-Control', 'no-store').json({ disclosures: disclosures.map(viewOf) });
  };
}

/**
 * `GET /v1/disclosures/{disclosureId}`: the document with the agreement, as JSON or for `Accept: application/pdf` as a PDF.
 *
 * @throws {ConsentFailure} disclosure_not_found
 */
export function readDisclosure(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const found = await findDisclosure(deps.database, applicationOf(response).id, parameterOf(request, 'disclosureId'));
    if (!found) throw new ConsentFailure('disclosure_not_found');
    const name = await typedNameOf(deps, found);
    response.set('Cache-Control', 'no-store').vary('Accept');
    if (request.accepts(['application/json', 'application/pdf']) === 'application/pdf') {
      const pdf = await renderPdf(agreedPrint(found, name));
      response.attachment(`${found.id}.pdf`).type('application/pdf').send(pdf);
    } else {
      const { agreement, ...view } = viewOf(found);
      response.json({
        ...view,
        agreement: { ...agreement, ...(name !== undefined && { name }) },
        document: found.document as unknown as DisclosureDocument,
      } satisfies Sent<typeof wholeDisclosureSchema>);
    }
  };
}

function viewOf(agreed: AgreedDisclosure): Sent<typeof disclosureSchema> {
  return {
    id: agreed.id,
    consentId: agreed.consent_id,
    invitationId: agreed.invitation_id,
    source: agreed.source,
    ...(agreed.template !== null && { template: agreed.template }),
    language: agreed.language,
    digest: agreed.digest,
    agreement: {
      id: agreed.agreement_id,
      method: agreed.method,
      agreedAt: agreed.agreed_at.toISOString(),
      recordedBy: agreed.recorded_by,
      ...(agreed.name_digest !== null && { nameDigest: agreed.name_digest }),
    },
  };
}
