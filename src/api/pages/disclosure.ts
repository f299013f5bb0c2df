import type { NamedTemplate } from '../../disclosures/builtin';
import { composeDisclosure, type DisclosureSubject } from '../../disclosures/compose';
import type { DisclosureDocument } from '../../disclosures/document';
import { fill } from '../../disclosures/template';
import type { FailureCode } from '../../domain/failures';
import { digestOf } from '../../evidence/canonical';
import { html, type Html } from './html';
import { page } from './layout';
import { wordsFor } from './words';

/** A disclosure as it is about to be shown. */
export interface ShownDisclosure {
  readonly document: DisclosureDocument;
  readonly digest: string;
  readonly named: NamedTemplate;
  readonly subject: DisclosureSubject;
}

export function shownDisclosure(named: NamedTemplate, subject: DisclosureSubject): ShownDisclosure {
  const document = composeDisclosure(named.template, named.language, subject);
  return { document, digest: digestOf(document), named, subject };
}

interface DisclosureView {
  readonly shown: ShownDisclosure;
  /** Tags of the other languages that there are. */
  readonly otherLanguages?: readonly string[];
  /** Why the last attempt brought no grant. */
  readonly failure?: FailureCode | null;
  /** What kept the person from going on just now, and what they had typed. */
  readonly refused?: { readonly because: 'changed' | 'name'; readonly name: string } | undefined;
  /** Where "Not now" leads. */
  readonly returnUrl: string | null;
}

export function disclosurePage({ shown, otherLanguages = [], failure, refused, returnUrl }: DisclosureView): string {
  const { document, digest, named, subject } = shown;
  const { words, signature } = named.template;
  return page({
    title: document.title,
    language: document.language,
    body: html`<h1>${document.title}</h1>
      ${failure ? html`<p class="notice" role="status" lang="en">${wordsFor(failure, subject.institutionName)}</p>` : undefined}
      ${refused?.because === 'changed' ? html`<p class="notice" role="alert">${words.changedMeanwhile}</p>` : undefined}
      ${sectionsOf(document)}
      <form method="post">
        <input type="hidden" name="disclosure" value="${digest}" />
        <input type="hidden" name="language" value="${document.language}" />
        ${signature === 'typed_name' ? nameField(words, refused) : undefined}
        <p class="actions">
          <button type="submit">${fill(words.continue, { institution: subject.institutionName })}</button>
          ${returnUrl === null ? undefined : html`<a href="${returnUrl}">${words.notNow}</a>`}
        </p>
      </form>
      ${otherLanguages.length === 0 ? undefined : languageLinks(words.otherLanguages, otherLanguages)}`,
  });
}

/** Whoever prints a document as a page: each word escaped. */
export function sectionsOf({ sections }: DisclosureDocument): readonly Html[] {
  return sections.map(
    ({ heading, paragraphs = [], items = [] }) =>
      html`${heading === undefined ? undefined : html`<h2>${heading}</h2>`}
      ${
        items.length === 0
          ? undefined
          : html`<ul>
              ${items.map((item) => html`<li>${item}</li>`)}
            </ul>`
      }
      ${paragraphs.map((text) => html`<p>${text}</p>`)}`,
  );
}

function nameField(words: NamedTemplate['template']['words'], refused: DisclosureView['refused']): Html {
  const isMissing = refused?.because === 'name';
  return html`<p class="field">
    <label for="name">${words.nameLabel}</label>
    <input
      id="name"
      name="name"
      type="text"
      autocomplete="name"
      required
      maxlength="200"
      value="${refused?.name ?? ''}"
      aria-describedby="${isMissing ? 'name-hint name-missing' : 'name-hint'}"
      aria-invalid="${isMissing ? 'true' : 'false'}"
    />
    <span id="name-hint" class="quiet">${words.nameHint}</span>
    ${isMissing ? html`<span id="name-missing" class="notice" role="alert">${words.nameMissing}</span>` : undefined}
  </p>`;
}

function languageLinks(label: string, languages: readonly string[]): Html {
  return html`<nav aria-label="${label}">
    <p class="quiet">
      ${languages.map((tag) => html`<a href="?language=${encodeURIComponent(tag)}" lang="${tag}" hreflang="${tag}">${nameOfLanguage(tag)}</a> `)}
    </p>
  </nav>`;
}

/** A language in its own words, as its readers look for it. */
function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
