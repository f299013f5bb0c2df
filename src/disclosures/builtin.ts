import { ENGLISH } from './english';
import { SPANISH } from './spanish';
import type { DisclosureTemplate } from './template';

export interface NamedTemplate {
  /** `default/en/1`, or `APPLICATION/en/3`. */
  readonly id: string;
  /** BCP 47. */
  readonly language: string;
  readonly template: DisclosureTemplate;
}

/** What is shown where an application has no words of its own. A text that changes gets the next version; a test holds each to it. */
export const BUILTIN_TEMPLATES: readonly NamedTemplate[] = [
  { id: 'default/en/1', language: 'en', template: ENGLISH },
  { id: 'default/es/1', language: 'es', template: SPANISH },
];

/**
 * The first language that somebody wants and that there is: exactly, or by its first part (`es-MX`, `es`). English otherwise.
 *
 * @param wanted BCP 47 tags, the most wanted first
 * @see RFC 4647 §3.4 (lookup)
 */
export function chooseTemplate(templates: readonly NamedTemplate[], wanted: readonly string[]): NamedTemplate {
  for (const tag of wanted) {
    const parts = tag.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length -= 1) {
      const prefix = parts.slice(0, length).join('-');
      const found = templates.find(({ language }) => language.toLowerCase() === prefix);
      if (found) return found;
    }
  }
  const english = templates.find(({ language }) => language === 'en') ?? BUILTIN_TEMPLATES[0];
  if (!english) throw new Error('there is no English template');
  return english;
}
