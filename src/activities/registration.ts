import type { RegistrationTerms } from '../domain/registration';
import type { ActivityDependencies } from './dependencies';
import type { JudgedRegistration, RecordedFailure, RegistrationSubject } from './open-registration';
import { deleteClient, registerClient, updateClient } from './registration-requests';
import {
  beginDeletion,
  beginRegistration,
  beginUpdate,
  concludeDeletion,
  discoverRegistration,
  offerInstitution,
  recordPossibleOrphan,
  recordRegistrationFailure,
} from './registration-records';
import { judgeRegistration } from './registration-judgement';

export type { JudgedRegistration, RegistrationSubject } from './open-registration';

/** The steps of an operation on our registration at a bank. Each does one thing outside, and finds its own traces when run again. */
export interface RegistrationActivities {
  beginRegistration(input: RegistrationSubject & { readonly terms: RegistrationTerms }): Promise<void>;
  beginUpdate(input: RegistrationSubject & { readonly terms?: RegistrationTerms }): Promise<void>;
  beginDeletion(input: RegistrationSubject & { readonly force: boolean }): Promise<void>;
  discoverRegistration(input: RegistrationSubject): Promise<void>;
  registerClient(input: RegistrationSubject & { readonly sealedInitialAccessToken?: string }): Promise<void>;
  updateClient(input: RegistrationSubject): Promise<void>;
  deleteClient(input: RegistrationSubject): Promise<void>;
  judgeRegistration(input: RegistrationSubject): Promise<JudgedRegistration>;
  offerInstitution(input: RegistrationSubject): Promise<void>;
  recordPossibleOrphan(input: RegistrationSubject): Promise<{ readonly possibleOrphans: number }>;
  concludeDeletion(input: RegistrationSubject & { readonly givenUp?: RecordedFailure }): Promise<void>;
  recordRegistrationFailure(input: RegistrationSubject & RecordedFailure): Promise<void>;
}

export function createRegistrationActivities(deps: ActivityDependencies): RegistrationActivities {
  return {
    beginRegistration: (input) => beginRegistration(deps, input),
    beginUpdate: (input) => beginUpdate(deps, input),
    beginDeletion: (input) => beginDeletion(deps, input),
    discoverRegistration: (input) => discoverRegistration(deps, input),
    registerClient: (input) => registerClient(deps, input),
    updateClient: (input) => updateClient(deps, input),
    deleteClient: (input) => deleteClient(deps, input),
    judgeRegistration: (input) => judgeRegistration(deps, input),
    offerInstitution: (input) => offerInstitution(deps, input),
    recordPossibleOrphan: (input) => recordPossibleOrphan(deps, input),
    concludeDeletion: (input) => concludeDeletion(deps, input),
    recordRegistrationFailure: (input) => recordRegistrationFailure(deps, input),
  };
}
