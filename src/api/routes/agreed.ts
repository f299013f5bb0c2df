import type { Request, RequestHandler } from 'express';
import { typedNameOf } from '../../disclosures/agreement';
import { renderPdf } from '../../documents/pdf';
import { ConsentFailure } from '../../domain/failures';
import { findAgreedBy } from '../../store/disclosures';
import type { ApiDependencies } from '../dependencies';
import { launchedConsent, linkPage } from '../launched-link';
import { agreedPage, agreedPrint } from '../pages/agreed';

/** `GET /connect/{token}/disclosure`: the person's copy of what they agreed to by this link, when and how. */
export function showAgreed(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { agreed, name } = await agreedByLink(deps, request);
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(agreedPage(agreed, name, linkPage(request)));
  };
}

/** `GET /connect/{token}/disclosure.pdf`: the same for paper. */
export function printAgreed(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { agreed, name } = await agreedByLink(deps, request);
    const pdf = await renderPdf(agreedPrint(agreed, name));
    response.set('Cache-Control', 'no-store').attachment(`${agreed.id}.pdf`).type('application/pdf').send(pdf);
  };
}

async function agreedByLink(deps: ApiDependencies, request: Request) {
  const row = await launchedConsent(deps, request);
  // After the purge nobody can tell any more that whoever has the link is the person.
  const agreed = row.purged_at ? undefined : await findAgreedBy(deps.database, row.link_id);
  if (!agreed) throw new ConsentFailure('disclosure_not_found');
  return { agreed, name: await typedNameOf(deps, agreed) };
}
