import type { JudgedRegistration, RegistrationActivities } from '../../../src/activities/registration';
import type { InstitutionId } from '../../../src/domain/ids';
import type { RegistrationTerms } from '../../../src/domain/registration';
import { parseRegistrationTerms } from '../../../src/institutions/registration-file';

/** The bank and our books, as a registration meets them: every activity succeeds unless a test says otherwise. */
export type RegistrationFakes = {
  readonly [Name in keyof RegistrationActivities]: jest.MockedFunction<RegistrationActivities[Name]>;
};

export const INSTITUTION_ID = 'first-bank' as InstitutionId;

export const REGISTRATION_TERMS = parseRegistrationTerms({
  id: INSTITUTION_ID,
  name: 'First Bank',
  issuer: 'https://first-bank.example',
  fdx: { baseUrl: 'https://first-bank.example/fdx' },
  registration: { metadata: { client_name: 'Budget Bee' } },
}) as RegistrationTerms;

export const JUDGED: JudgedRegistration = {
  clientId: 'client-1',
  isManaged: true,
  possibleOrphans: 0,
  weaknesses: [],
  differences: [],
};

export function createRegistrationFakes(): RegistrationFakes {
  let orphans = 0;
  const succeeding: RegistrationActivities = {
    beginRegistration: () => Promise.resolve(),
    beginUpdate: () => Promise.resolve(),
    beginDeletion: () => Promise.resolve(),
    discoverRegistration: () => Promise.resolve(),
    registerClient: () => Promise.resolve(),
    updateClient: () => Promise.resolve(),
    deleteClient: () => Promise.resolve(),
    judgeRegistration: () => Promise.resolve(JUDGED),
    offerInstitution: () => Promise.resolve(),
    recordPossibleOrphan: () => Promise.resolve({ possibleOrphans: (orphans += 1) }),
    concludeDeletion: () => Promise.resolve(),
    recordRegistrationFailure: () => Promise.resolve(),
  };
  const fakes = Object.entries(succeeding).map(([name, activity]) => [name, jest.fn(activity as () => unknown)]);
  return Object.fromEntries(fakes) as RegistrationFakes;
}

/** Registers activities that go to whatever fakes stand at the moment. */
export function delegatingRegistration(fakes: () => RegistrationFakes): RegistrationActivities {
  const names = Object.keys(createRegistrationFakes()) as (keyof RegistrationActivities)[];
  const entries = names.map((name) => [
    name,
    (input: unknown) => (fakes()[name] as (input: unknown) => Promise<unknown>)(input),
  ]);
  return Object.fromEntries(entries) as RegistrationActivities;
}
