import { blocksOf, type DisclosureDocument } from '../../disclosures/document';
import type { Block, PrintedDocument } from '../../documents/printed-document';
import type { AgreedDisclosure } from '../../store/disclosures';
import { sectionsOf } from './disclosure';
import { html } from './html';
import { page } from './layout';

/** What surrounds a copy, in the languages that we speak ourselves; in another language the text stands in English surroundings. */
const WORDS = {
  en: {
    heading: 'How you agreed',
    when: 'When',
    how: 'How',
    name: 'Name',
    button: 'By pressing the button',
    typed_name: 'By typing a name',
    byApplication: 'In the application, as it told us',
    number: 'Number',
    digest: 'Digest of the text (SHA-256)',
    back: 'Back',
  },
  es: {
    heading: 'Cómo dio su permiso',
    when: 'Cuándo',
    how: 'Cómo',
    name: 'Nombre',
    button: 'Pulsando el botón',
    typed_name: 'Escribiendo un nombre',
    byApplication: 'En la aplicación, según esta nos informó',
    number: 'Número',
    digest: 'Resumen criptográfico del texto (SHA-256)',
    back: 'Volver',
  },
} as const;

const wordsIn = (language: string) => (language.toLowerCase().split('-')[0] === 'es' ? WORDS.es : WORDS.en);

type Facts = readonly (readonly [name: string, value: string])[];

function factsOf(agreed: AgreedDisclosure, name: string | undefined): Facts {
  const words = wordsIn(agreed.language);
  const how =
    agreed.source === 'application' ? `${words.byApplication}: ${words[agreed.method]}` : words[agreed.method];
  return [
    [words.when, agreed.agreed_at.toISOString()],
    [words.how, how],
    ...(name === undefined ? [] : [[words.name, name] as const]),
    [words.number, agreed.agreement_id],
    [words.digest, agreed.digest],
  ];
}

/** The person's copy as a page: the text as it was, when and how they agreed. */
export function agreedPage(agreed: AgreedDisclosure, name: string | undefined, linkPath: string): string {
  const document = documentOf(agreed);
  const words = wordsIn(agreed.language);
  return page({
    title: document.title,
    language: document.language,
    body: html`<h1>${document.title}</h1>
      ${sectionsOf(document)}
      <h2>${words.heading}</h2>
      <dl>
        ${factsOf(agreed, name).map(
          ([label, value]) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p class="actions">
        <a class="button" href="${linkPath}/disclosure.pdf">PDF</a> <a href="${linkPath}">${words.back}</a>
      </p>`,
  });
}

/** The same for paper. */
export function agreedPrint(agreed: AgreedDisclosure, name: string | undefined): PrintedDocument {
  const document = documentOf(agreed);
  const blocks: Block[] = [
    ...blocksOf(document),
    { kind: 'heading', text: wordsIn(agreed.language).heading },
    { kind: 'facts', rows: factsOf(agreed, name) },
  ];
  return { title: document.title, language: document.language, issuedAt: agreed.agreed_at, blocks };
}

/** Written by us in this form, whether by a template or from an application's own text. */
export function documentOf({ document }: Pick<AgreedDisclosure, 'document'>): DisclosureDocument {
  return document as unknown as DisclosureDocument;
}
