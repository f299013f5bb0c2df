import type { ApplicationId } from '../domain/ids';
import type { Database } from '../store/database';
import { listLatestTemplates } from '../store/disclosures';
import { BUILTIN_TEMPLATES, type NamedTemplate } from './builtin';
import { parseTemplate } from './template-file';

/** What an application's persons can be shown: its own words, and the built-in ones in languages in which it has none. */
export async function templatesOf(database: Database, applicationId: ApplicationId): Promise<readonly NamedTemplate[]> {
  const rows = await listLatestTemplates(database, applicationId);
  const own = rows.map(({ language, version, content }) => ({
    id: `${applicationId}/${language}/${version}`,
    language,
    template: parseTemplate(content, language),
  }));
  const rest = BUILTIN_TEMPLATES.filter(({ language }) => own.every((each) => each.language !== language));
  return [...own, ...rest];
}
