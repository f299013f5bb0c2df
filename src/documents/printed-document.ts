/** A document for people, independent of how it is printed. */
export interface PrintedDocument {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** When it was made; of a copy, when the original was. */
  readonly issuedAt?: Date;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Names and values, one pair a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** To be read by a machine or compared letter by letter. */
  | { readonly kind: 'code'; readonly text: string };
