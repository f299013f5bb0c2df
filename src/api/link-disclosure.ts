import type { Request } from 'express';
import { templatesOf } from '../disclosures/available';
import { chooseTemplate } from '../disclosures/builtin';
import type { LaunchedRow } from '../store/consents';
import { findAgreedBy, type AgreedDisclosure } from '../store/disclosures';
import type { ApiDependencies } from './dependencies';
import { shownDisclosure, type ShownDisclosure } from './pages/disclosure';

/** What a link's page is about: our disclosure, or that the person has agreed to the application's own already. */
export type LinkDisclosure =
  | { readonly kind: 'ours'; readonly shown: ShownDisclosure; readonly otherLanguages: readonly string[] }
  | { readonly kind: 'agreed'; readonly agreed: AgreedDisclosure };

/** @param language that of the form that was sent; whoever only looks may have chosen one in the address */
export async function linkDisclosure(
  { database, settings }: ApiDependencies,
  row: LaunchedRow,
  request: Request,
  language?: string,
): Promise<LinkDisclosure> {
  const agreed = await findAgreedBy(database, row.link_id, 'application');
  if (agreed) return { kind: 'agreed', agreed };
  const templates = await templatesOf(database, row.application_id);
  const chosen = language ?? request.query['language'];
  const named = chooseTemplate(templates, [
    ...(typeof chosen === 'string' ? [chosen] : []),
    ...(row.language === null ? [] : [row.language]),
    ...request.acceptsLanguages(),
  ]);
  const shown = shownDisclosure(named, {
    applicationName: row.application_name,
    institutionName: row.profile.name,
    aggregatorName: settings.aggregatorName,
    purpose: row.purpose,
    terms: row.link_terms,
    reason: row.link_reason,
  });
  const otherLanguages = templates.map((each) => each.language).filter((tag) => tag !== named.language);
  return { kind: 'ours', shown, otherLanguages };
}
