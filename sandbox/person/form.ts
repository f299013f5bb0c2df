import type { HTMLElement } from 'node-html-parser';

export interface Submission {
  /** CSS selector of the form; without it, the first form that has the button, or the first one at all. */
  form?: string | undefined;
  /** Text fields by name. */
  values?: Record<string, string> | undefined;
  /** Which boxes of a name end up ticked, by value or by visible label. Names left out stay as the page has them. */
  checkboxes?: Record<string, readonly string[] | 'all'> | undefined;
  /** The button pressed, by its value or visible label. */
  button?: string | undefined;
}

export interface FilledForm {
  action: string;
  method: 'GET' | 'POST';
  fields: URLSearchParams;
}

/** HTML Living Standard §4.10.22: the entry list of a form, as a person has filled it in. */
export function formOf(page: HTMLElement, submission: Submission): FilledForm {
  const form = findForm(page, submission);
  const fields = new URLSearchParams();
  for (const control of form.querySelectorAll('input, select, textarea')) addControl(fields, control, submission, form);
  const button = findButton(form, submission.button);
  const name = button?.getAttribute('name');
  if (name !== undefined) fields.append(name, button?.getAttribute('value') ?? '');
  return {
    action: form.getAttribute('action') ?? '',
    method: form.getAttribute('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
    fields,
  };
}

function findForm(page: HTMLElement, { form, button }: Submission): HTMLElement {
  const forms = page.querySelectorAll(form ?? 'form');
  const found = button === undefined ? forms[0] : forms.find((each) => findButton(each, button) !== undefined);
  if (found) return found;
  const wanted = form ?? (button === undefined ? 'form' : `form with a button "${button}"`);
  throw new Error(`no ${wanted} on this page`);
}

function addControl(
  fields: URLSearchParams,
  control: HTMLElement,
  { values = {}, checkboxes = {} }: Submission,
  form: HTMLElement,
): void {
  const name = control.getAttribute('name');
  if (name === undefined || control.hasAttribute('disabled')) return;
  const type = control.getAttribute('type') ?? 'text';
  if (type === 'submit' || type === 'button') return;
  if (type !== 'checkbox' && type !== 'radio') {
    fields.append(name, values[name] ?? control.getAttribute('value') ?? control.textContent);
    return;
  }
  const value = control.getAttribute('value') ?? 'on';
  const chosen = checkboxes[name];
  const ticked =
    chosen === undefined
      ? control.hasAttribute('checked')
      : chosen === 'all' || chosen.includes(value) || chosen.some((label) => labelsOf(control, form).includes(label));
  if (ticked) fields.append(name, value);
}

/** A label around the box, or one that points at it; of a label with several parts, each part counts. */
function labelsOf(control: HTMLElement, form: HTMLElement): string[] {
  const around = control.closest('label');
  const id = control.getAttribute('id');
  const label = around ?? (id === undefined ? null : form.querySelector(`label[for="${id}"]`));
  if (!label) return [];
  return [label, ...label.querySelectorAll('*')].map((part) => readable(part));
}

const findButton = (form: HTMLElement, wanted: string | undefined): HTMLElement | undefined =>
  wanted === undefined
    ? undefined
    : form
        .querySelectorAll('button, input[type=submit]')
        .find((button) => button.getAttribute('value') === wanted || readable(button) === wanted);

const readable = (element: HTMLElement): string => element.textContent.replace(/\s+/g, ' ').trim();
