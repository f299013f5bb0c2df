import { consentQuery } from '../../src/operators/consent-query';

const ALWAYS = `WorkflowType = 'ConsentWorkflow' AND ExecutionStatus = 'Running'`;

describe('a query for consents', () => {
  it('is for running consents and nothing else, whatever is asked', () => {
    expect(consentQuery({})).toBe(ALWAYS);
    expect(consentQuery({}, `NextAction = 'renew'`)).toBe(`${ALWAYS} AND (NextAction = 'renew')`);
    expect(consentQuery({}, `A = 'x' OR B = 'y'`)).toBe(`${ALWAYS} AND (A = 'x' OR B = 'y')`);
  });

  it('is made of options by the names of the search attributes, values quoted', () => {
    const expiresBefore = new Date('2027-01-31T00:00:00Z');
    const filters = {
      status: 'active',
      institutionId: 'first-bank',
      applicationId: 'app.1',
      nextAction: 'renew',
    } as const;
    expect(consentQuery({ ...filters, expiresBefore })).toBe(
      `${ALWAYS} AND ConsentStatus = 'active' AND InstitutionId = 'first-bank' AND ApplicationId = 'app.1'` +
        ` AND NextAction = 'renew' AND ConsentExpiresAt < '2027-01-31T00:00:00.000Z'`,
    );
  });

  it.each([`x' OR ExecutionStatus = 'Completed`, `x"`, `x\\`, '', ' ', 'a b', `x')--`, 'x\0', 'ü', '`x`', 'x\n'])(
    'takes no value that could end its quotes: %j',
    (institutionId) => {
      expect(() => consentQuery({ institutionId })).toThrow(/is no id/);
      expect(() => consentQuery({ applicationId: institutionId })).toThrow(/is no id/);
    },
  );

  it.each([
    `a = 'x') OR (b = 'y'`,
    `a = 'x'))`,
    `(a = 'x'`,
    `a = 'x`,
    `a = "x' OR b = 'y'`,
    `a = 'x\\' OR b = 'y'`,
    `a = 'x'\\`,
    '',
    '  ',
  ])('takes no query that could leave its parentheses: %j', (query) => {
    expect(() => consentQuery({}, query)).toThrow('not complete');
  });

  it.each([`a = ')'`, `a = "('"`, `a = 'it\\'s (fine'`, `(a = 'x' OR (b = 'y')) AND c = 'z'`])(
    'knows parentheses from letters: %j',
    (query) => {
      expect(consentQuery({}, query)).toBe(`${ALWAYS} AND (${query})`);
    },
  );
});
