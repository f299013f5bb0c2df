/** What the benchmark tells the parties' process: receivers of webhooks and readers of streams, whose work is counted apart. */
export type PartyOrder =
  | { readonly kind: 'receive' }
  | { readonly kind: 'follow'; readonly apiUrl: string; readonly keys: readonly string[] }
  | { readonly kind: 'arrivals' };

export type PartyAnswer =
  | { readonly kind: 'receiving'; readonly url: string }
  /** All streams are open. */
  | { readonly kind: 'following' }
  | { readonly kind: 'arrived'; readonly arrivals: readonly Arrival[] }
  | { readonly kind: 'failed'; readonly message: string };

/** An event of this receipt was read at this time, in milliseconds of the machine's clock. */
export type Arrival = readonly [receiptId: string, at: number];

export const now = (): number => performance.timeOrigin + performance.now();
