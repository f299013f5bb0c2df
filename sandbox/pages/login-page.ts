import { people } from '../people/person';
import { html } from './html';
import { page, type Page } from './page';

export interface LoginPageParts {
  bankName: string;
  /** Absent on the bank's own pages. */
  clientName?: string;
  action: string;
  username?: string;
  failed?: boolean;
}

export function loginPage({ bankName, clientName, action, username = '', failed = false }: LoginPageParts): Page {
  const content = html`<h1>Sign in</h1>
    ${
      clientName !== undefined &&
      html`<p>${clientName} has sent you here to share some of your data. First, sign in to your bank.</p>`
    }
    ${failed && html`<p role="alert" id="sign-in-fault">That username and password do not belong together.</p>`}
    <form id="login" method="post" action="${action}">
      <label class="field"
        >Username
        <input name="username" autocomplete="username" autocapitalize="none" required autofocus value="${username}" />
      </label>
      <label class="field"
        >Password
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
      <div class="buttons"><button class="primary" name="step" value="login">Sign in</button></div>
    </form>
    <table>
      <caption class="soft">
        People who bank here
      </caption>
      <thead>
        <tr>
          <th scope="col">Username</th>
          <th scope="col">Password</th>
          <th scope="col">Has</th>
        </tr>
      </thead>
      <tbody>
        ${people.map(
          (person) =>
            html`<tr>
              <td><code>${person.username}</code></td>
              <td><code>${person.password}</code></td>
              <td>${person.about}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  return page(bankName, 'Sign in', content, failed ? 401 : 200);
}
