import { disclosurePage, shownDisclosure } from '../../src/api/pages/disclosure';
import { BUILTIN_TEMPLATES, chooseTemplate } from '../../src/disclosures/builtin';
import type { DisclosureSubject } from '../../src/disclosures/compose';
import { html } from '../../src/api/pages/html';
import { messagePage } from '../../src/api/pages/message';
import { outcomePage } from '../../src/api/pages/outcome';
import { wordsFor } from '../../src/api/pages/words';
import { FAILURES, type FailureCode } from '../../src/domain/failures';

const EVIL = `<script>alert("x")</script>'&`;
const HARMLESS = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;';

const DISCLOSURE: DisclosureSubject = {
  applicationName: 'Budget Buddy',
  institutionName: 'First Bank',
  aggregatorName: 'FDX Consent',
  purpose: 'Budgeting',
  reason: 'connect',
  terms: {
    durationType: 'TIME_BOUND',
    durationPeriod: 90,
    lookbackPeriod: 60,
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'PAYMENT_SUPPORT', 'ACCOUNT_PAYMENTS'] }],
  },
};

const shown = (subject: DisclosureSubject) => shownDisclosure(chooseTemplate(BUILTIN_TEMPLATES, ['en']), subject);

const OUTCOME = {
  status: 'active',
  failure: null,
  linkOutcome: 'granted',
  nextAction: 'none',
  isRenewable: true,
  linkPath: `/connect/${EVIL}`,
  applicationName: EVIL,
  institutionName: EVIL,
  granted: {
    source: 'consent_api',
    durationType: 'TIME_BOUND',
    resources: [{ resourceType: 'ACCOUNT', resourceId: EVIL, dataClusters: [EVIL] }],
  },
  difference: {
    outcome: 'in_part',
    clusters: [{ resourceType: 'ACCOUNT', asked: ['TAX'], granted: [EVIL], refused: ['TAX'], wider: [] }],
  },
  expiresAt: new Date('2027-01-01T00:00:00Z'),
  receiptId: EVIL,
  copyPath: `/connect/${EVIL}/disclosure`,
  returnUrl: `https://app.example/?q=${EVIL}`,
} as const;

describe('markup', () => {
  it('escapes every value, in text and in attributes', () => {
    expect(html`<a href="${EVIL}">${EVIL}</a>`.markup).toBe(`<a href="${HARMLESS}">${HARMLESS}</a>`);
  });

  it('keeps its own markup, lists of it and nothing for undefined', () => {
    const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`);
    expect(html`${items}${undefined}${7}`.markup).toBe('<li>a</li><li>&lt;b&gt;</li>7');
  });
});

describe('no page lets anybody’s words become markup:', () => {
  it.each([
    [
      'the disclosure',
      disclosurePage({
        shown: shown({
          ...DISCLOSURE,
          applicationName: EVIL,
          institutionName: EVIL,
          aggregatorName: EVIL,
          purpose: EVIL,
        }),
        otherLanguages: ['es'],
        refused: { because: 'name', name: EVIL },
        failure: 'as_unreachable',
        returnUrl: EVIL,
      }),
    ],
    ['a message', messagePage({ title: EVIL, text: EVIL, code: EVIL, link: { href: EVIL, text: EVIL } })],
    ['the outcome', outcomePage(OUTCOME)],
    [
      'a renewal',
      disclosurePage({ shown: shown({ ...DISCLOSURE, applicationName: EVIL, reason: 'renew' }), returnUrl: null }),
    ],
    ['a link that lapsed', outcomePage({ ...OUTCOME, linkOutcome: 'lapsed', nextAction: 'reauthorize' })],
    ['an end', outcomePage({ ...OUTCOME, status: 'failed', failure: 'as_client_rejected' })],
  ])('%s', (_page, markup) => {
    expect(markup).toContain(HARMLESS);
    expect(markup).not.toContain('<script');
    expect(markup).not.toContain('alert("x")');
  });
});

describe('the disclosure', () => {
  const page = disclosurePage({ shown: shown(DISCLOSURE), returnUrl: null });

  it('says who asks whom for what, how long, how far back and how to end it (12 CFR 1033.411)', () => {
    for (const sentence of [
      'Budget Buddy would like to read your data at First Bank',
      'Purpose: Budgeting.',
      '<li>Transaction data</li>',
      'For 90 days.',
      'History: the last 60 days.',
      'FDX Consent collects the data for Budget Buddy',
      'You can end this at any time',
    ]) {
      expect(page).toContain(sentence);
    }
  });

  it('names data of one kind once, however many clusters bring it', () => {
    expect(page.match(/Account numbers/g)).toHaveLength(1);
  });

  it('has a digest that changes with anything a person was told', () => {
    const changes: readonly DisclosureSubject[] = [
      { ...DISCLOSURE, purpose: 'Lending' },
      { ...DISCLOSURE, applicationName: 'Other' },
      { ...DISCLOSURE, reason: 'renew' },
      { ...DISCLOSURE, reason: 'change' },
      { ...DISCLOSURE, terms: { ...DISCLOSURE.terms, durationPeriod: 91 } },
      { ...DISCLOSURE, terms: { ...DISCLOSURE.terms, lookbackPeriod: 61 } },
      {
        ...DISCLOSURE,
        terms: { ...DISCLOSURE.terms, resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TAX'] }] },
      },
    ];
    const digests = [DISCLOSURE, ...changes].map((subject) => shown(subject).digest);
    expect(new Set(digests).size).toBe(digests.length);
    expect(shown({ ...DISCLOSURE }).digest).toBe(digests[0]);
    expect(digests[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('the outcome', () => {
  it('shows what is shared beside what is not', () => {
    const page = outcomePage({
      ...OUTCOME,
      institutionName: 'First Bank',
      difference: {
        outcome: 'in_part',
        clusters: [
          { resourceType: 'ACCOUNT', asked: ['TAX', 'BALANCES'], granted: ['BALANCES'], refused: ['TAX'], wider: [] },
        ],
      },
    });
    expect(page).toContain('<h1>First Bank is connected</h1>');
    expect(page).toContain('<li class="granted">Account balances</li>');
    expect(page).toContain('<li class="refused">Tax form data (not shared)</li>');
    expect(page).toContain('2027-01-01');
  });
});

describe('the words for a failure', () => {
  it.each(Object.keys(FAILURES) as FailureCode[])('%s are for people: whole sentences without jargon', (code) => {
    const words = wordsFor(code, 'First Bank');
    expect(words).toMatch(/^[A-Z].*\.$/);
    if (FAILURES[code].kind !== 'invalid') expect(words).not.toMatch(/JWKS|clientId|redirect URI|RFC|profile/);
  });
});
