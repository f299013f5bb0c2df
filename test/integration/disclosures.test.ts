import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PersonBrowser } from '../../sandbox/person';
import { ENGLISH } from '../../src/disclosures/english';
import { digestOf } from '../../src/evidence/canonical';
import { currentStack } from '../setup/stack-access';
import { readPdf } from '../unit/support/pdf-reader';
import { Application } from './support/application';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { pageBlock } from './support/page-block';
import { jsonDifference } from './support/shown-output';
import { ALICE, Journey, referenceOn } from './support/journey';
import { reserveBank } from './support/reservation';

const application = new Application(currentStack());
const { stack } = application;
reserveBank(stack);
const documentOnPage = pageBlock('docs/disclosures.md', 'document');
let applicationId: string;
beforeAll(async () => {
  const { id } = await application.request();
  const [row] = await query(stack, 'SELECT application_id FROM consents WHERE id = $1', [id]);
  applicationId = String(row?.['application_id']);
});

const NAME = `Ada Łovelace ${randomUUID()}`;

interface Listed {
  readonly id: string;
  readonly digest: string;
  readonly source: string;
  readonly template?: string;
  readonly language: string;
  readonly agreement: {
    readonly id: string;
    readonly method: string;
    readonly nameDigest?: string;
    readonly recordedBy: string;
  };
}

async function disclosuresOf(consentId: string): Promise<readonly Listed[]> {
  const { json: body } = await application.call(`/v1/consents/${consentId}/disclosures`);
  return (body as unknown as { disclosures: readonly Listed[] }).disclosures;
}

const submit = (consentId: string, body: object) =>
  application.call(`/v1/consents/${consentId}/disclosures`, { method: 'POST', body });

const agreedNow = (more: object = {}) => ({ method: 'button', agreedAt: new Date().toISOString(), ...more });

describe('what a person agrees to on our page', () => {
  it('is kept word for word, and its digest is that of the authorization, the event and the copy', async () => {
    const journey = await Journey.walk(application, { language: 'es' });
    const [agreed, ...others] = await disclosuresOf(journey.consentId);
    expect(others).toEqual([]);
    expect(agreed).toMatchObject({ source: 'template', template: 'default/es/1', language: 'es' });
    expect(agreed?.agreement).toMatchObject({ method: 'button', recordedBy: 'person' });
    const { json: body } = await application.call(`/v1/disclosures/${agreed?.id ?? ''}`);
    const { document, digest } = body as unknown as { document: { title: string; language: string }; digest: string };
    expect(digestOf(document)).toBe(digest);
    expect(document.title).toContain('desea leer sus datos en Sandbox Bank');
    const [authorization] = await query(
      stack,
      'SELECT agreement_id, disclosure_digest FROM authorizations WHERE consent_id = $1',
      [journey.consentId],
    );
    expect(authorization).toEqual({ agreement_id: agreed?.agreement.id, disclosure_digest: digest });
    const events = await query(
      stack,
      `SELECT event FROM audit_events WHERE chain = $1 AND type IN ('disclosure.agreed', 'authorization.started') ORDER BY seq`,
      [journey.consentId],
    );
    expect(events).toHaveLength(2);
    for (const { event } of events) expect(String(event)).toContain(digest);

    await journey.browser.open(journey.launchUrl);
    expect(journey.browser.text).toContain('What you agreed to');
    await journey.browser.open(`${journey.launchUrl}/disclosure`);
    expect(journey.browser.page.querySelector('html')?.getAttribute('lang')).toBe('es');
    expect(journey.browser.text).toContain('Estados de cuenta');
    expect(journey.browser.text).toContain(digest);
  });

  it('has the form of the page, which shows one section of it', async () => {
    const journey = await Journey.begin(application);
    await journey.launch();
    const [agreed] = await disclosuresOf(journey.consentId);
    const { json } = await application.call(`/v1/disclosures/${agreed?.id ?? ''}`);
    const shown: unknown = JSON.parse(documentOnPage.text({ 'Budget Bee': '…', 'First Bank': 'Sandbox Bank' }));
    expect(jsonDifference(shown, json['document'])).toBeUndefined();
  });

  it('is shown again, and nothing is started, when the words have changed meanwhile', async () => {
    const journey = await Journey.begin(application);
    await journey.browser.open(journey.launchUrl);
    await journey.browser.submit({ values: { disclosure: 'of-something-else' } });
    expect(journey.browser.status).toBe(409);
    expect(journey.browser.text).toContain('This text was changed');
    expect(await disclosuresOf(journey.consentId)).toEqual([]);
    expect((await journey.consent()).status).toBe('requested');
    expect(await journey.pressContinue()).toContain(stack.urls.bank);
  });

  it('is no longer to be had by the link once personal data were purged', async () => {
    const journey = await Journey.walk(application);
    const copy = `${journey.launchUrl}/disclosure`;
    expect((await journey.browser.open(copy)).status).toBe(200);
    await query(stack, 'UPDATE consents SET purged_at = now() WHERE id = $1', [journey.consentId]);
    expect((await journey.browser.open(copy)).status).toBe(404);
    expect((await journey.browser.open(`${copy}.pdf`)).status).toBe(404);
    await journey.browser.open(journey.launchUrl);
    expect(journey.browser.text).not.toContain('What you agreed to');
    expect(await disclosuresOf(journey.consentId)).toHaveLength(1);
  });

  it('is written down so often and no oftener by one link', async () => {
    const journey = await Journey.begin(application);
    await journey.launch();
    await query(
      stack,
      `INSERT INTO agreements (id, consent_id, invitation_id, disclosure_id, method, agreed_at, recorded_by)
       SELECT 'agr_' || md5(consent_id || n), consent_id, invitation_id, disclosure_id, method, agreed_at, recorded_by
         FROM agreements, generate_series(1, 59) AS n WHERE consent_id = $1`,
      [journey.consentId],
    );
    await journey.browser.open(journey.launchUrl);
    await journey.browser.submit();
    expect(referenceOn(journey.browser)).toBe('launch_limit_reached');
    expect(await disclosuresOf(journey.consentId)).toHaveLength(60);
  });

  it('does not become another link’s copy, nor anybody else’s', async () => {
    const journey = await Journey.begin(application);
    const stranger = await new PersonBrowser({ ca: stack.caPem }).open(`${journey.launchUrl}/disclosure`);
    expect(stranger.status).toBe(404);
    const { status } = await application.call(`/v1/disclosures/dsc_${'0'.repeat(32)}`);
    expect(status).toBe(404);
  });
});

describe('an application’s own words', () => {
  const directory = os.tmpdir();

  it('are refused with what is missing, and shown and signed by name once they are set', async () => {
    const file = path.join(directory, `${randomUUID()}.json`);
    writeFileSync(file, JSON.stringify({ ...ENGLISH, sections: [] }));
    const set = ['disclosures', 'set', '--application', applicationId, '--language', 'en-GB', file];
    expect((await fdxConsent(set, stack.productEnvironment)).code).toBe(1);
    writeFileSync(file, JSON.stringify({ ...ENGLISH, signature: 'typed_name' }));
    expect((await fdxConsent(set, stack.productEnvironment)).code).toBe(0);

    const journey = await Journey.begin(application, { language: 'en-GB' });
    await journey.browser.open(journey.launchUrl);
    await journey.browser.submit({ values: { name: '   ' } });
    expect(journey.browser.status).toBe(422);
    expect(journey.browser.text).toContain('Type your name');
    await journey.browser.submit({ values: { name: ` ${NAME} ` } }, { stopAt: stack.urls.bank });
    await journey.comeBack(await journey.decide(journey.browser.currentUrl, ALICE));
    const [agreed] = await disclosuresOf(journey.consentId);
    expect(agreed?.agreement).toMatchObject({ method: 'typed_name', recordedBy: 'person' });
    expect(agreed?.template).toMatch(/\/en-GB\/\d+$/);

    const read = await application.call(`/v1/disclosures/${agreed?.id ?? ''}`);
    expect(read.json).toMatchObject({ agreement: { name: NAME } });
    const response = await fetch(`${stack.urls.api}/v1/disclosures/${agreed?.id ?? ''}`, {
      headers: { authorization: `Bearer ${stack.applicationKey}`, accept: 'application/pdf' },
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { text } = await readPdf(Buffer.from(await response.arrayBuffer()));
    expect(text.replace(/\s+/g, ' ')).toContain(NAME);
    const rows = await query(
      stack,
      `SELECT (SELECT string_agg(a::text, '') FROM agreements a) || (SELECT string_agg(e.event, '') FROM audit_events e)
         LIKE '%' || $1 || '%' AS found`,
      [NAME],
    );
    expect(rows).toEqual([{ found: false }]);
  });
});

describe('a disclosure that the application shows itself', () => {
  it('is recorded once, makes the link’s page short, and is what the authorization rests on', async () => {
    const journey = await Journey.begin(application);
    const body = { language: 'en', text: 'We read your data.\n\nFor a year.', agreement: agreedNow() };
    const first = await submit(journey.consentId, body);
    expect(first.status).toBe(201);
    const again = await submit(journey.consentId, body);
    expect([again.status, again.json]).toEqual([200, first.json]);
    await journey.browser.open(journey.launchUrl);
    expect(journey.browser.text).toContain('You agreed in');
    expect(await journey.pressContinue()).toContain(stack.urls.bank);
    const listed = await disclosuresOf(journey.consentId);
    expect(listed).toHaveLength(1);
    expect(listed[0]?.agreement.recordedBy).toBe(`application:${applicationId}`);
    const late = await submit(journey.consentId, { ...body, text: 'Something else.' });
    expect([late.status, late.json]).toMatchObject([409, { code: 'disclosure_too_late' }]);
  });

  it.each([
    ['nothing', {}, 'language'],
    ['both forms', { document: { title: 't', sections: [{ id: 'a' }] } }, 'document'],
    ['a time to come', { agreement: agreedNow({ agreedAt: '2099-01-01T00:00:00Z' }) }, 'agreement.agreedAt'],
    [
      'a time long before the link',
      { agreement: agreedNow({ agreedAt: '2001-01-01T00:00:00Z' }) },
      'agreement.agreedAt',
    ],
    ['a signature without a name', { agreement: agreedNow({ method: 'typed_name' }) }, 'agreement.name'],
    ['a name without a signature', { agreement: agreedNow({ name: 'Ada' }) }, 'agreement.name'],
    ['a text that is too long', { text: 'é'.repeat(33_000) }, 'text'],
    ['control characters', { text: 'a\u0000b' }, 'text'],
  ])('is refused with %s', async (what, changes, place) => {
    const { id } = await application.request();
    const valid = { language: 'en', text: 'Read this.', agreement: agreedNow() };
    const { status, json: body } = await submit(id, what === 'nothing' ? {} : { ...valid, ...changes });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(`"path":"${place}"`);
    expect(await disclosuresOf(id)).toEqual([]);
  });
});
