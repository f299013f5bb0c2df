import { html } from './html';
import { page, type Page } from './page';

export const errorPage = (bankName: string, error: string, description = '', status = 400): Page =>
  page(
    bankName,
    'Something went wrong',
    html`<h1>We could not continue</h1>
      <p>Please go back to the application you came from and start again. Nothing has been shared.</p>
      <p class="soft">For its developers: <code>${error}</code> ${description}</p>`,
    status,
  );
