import { html } from './html';
import { page, type Page } from './page';

export const homePage = (bankName: string, fdxUrl: string): Page =>
  page(
    bankName,
    'Welcome',
    html`<h1>${bankName}</h1>
      <p>
        An FDX v6 data provider with a FAPI 2.0 authorization server. People come here from an application that asks for
        their data.
      </p>
      <p><a href="/connections">Who has your data</a>: see and end what you share.</p>
      <table>
        <caption class="soft">
          For developers
        </caption>
        <tbody>
          <tr>
            <th scope="row">Metadata</th>
            <td>
              <a href="/.well-known/openid-configuration"><code>/.well-known/openid-configuration</code></a>
            </td>
          </tr>
          <tr>
            <th scope="row">FDX API</th>
            <td><code>${fdxUrl}</code></td>
          </tr>
        </tbody>
      </table>`,
  );
