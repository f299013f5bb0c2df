import { z } from 'zod';
import { clientsFile } from '../../../sandbox/clients';
import { accessTokenIssuers } from '../../../src/access/issuer-settings';
import { consentRequestSchema } from '../../../src/api/consent-request';
import { disclosureSubmissionSchema } from '../../../src/api/disclosure-request';
import { EXIT_CODES } from '../../../src/cli/exit-codes';
import { FAILURES } from '../../../src/domain/failures';
import { envelopeSchema } from '../../../src/events/envelope';
import { checkpointSchema } from '../../../src/evidence/verify/checkpoints';
import { eventSchema } from '../../../src/evidence/verify/events';
import { readNotification } from '../../../src/fdx/notification';
import { parseInstitutionProfile } from '../../../src/institutions/profile';
import { VERIFICATION_TYPE } from '../../../src/webhooks/challenge';
import { parseRegistrationTerms } from '../../../src/institutions/registration-file';

/** What is wrong with a document, by the code that reads or writes such documents; undefined when nothing is. */
type Judge = (document: unknown) => unknown;

/** The words that may stand after ```json, and who judges such a block. */
export const DOCUMENTED_JSON: Readonly<Record<string, Judge>> = {
  institution: (document) => faultsOf(parseInstitutionProfile(document)),
  registration: (document) => faultsOf(parseRegistrationTerms(document)),
  notification: (document) => faultsOf(readNotification(document)),
  'consent-request': by(consentRequestSchema),
  disclosure: by(disclosureSubmissionSchema),
  checkpoint: by(checkpointSchema),
  'sandbox-clients': by(clientsFile),
  envelope: by(envelopeSchema),
  challenge: by(
    z.strictObject({
      id: z.string().startsWith('whd_'),
      type: z.literal(VERIFICATION_TYPE),
      timestamp: z.iso.datetime(),
      data: z.strictObject({ endpointId: z.string().startsWith('whe_'), challenge: z.string() }),
    }),
  ),
  event: (document) => {
    const { hash, ...event } = document as Record<string, unknown>;
    return typeof hash === 'string' ? by(eventSchema)(event) : 'an event shows its hash';
  },
  problem: (document) => {
    const { code, title, fix, status, type } = document as Record<string, unknown>;
    const known = FAILURES[code as keyof typeof FAILURES] as { title: string; fix: string; status: number } | undefined;
    if (!known) return `no failure has the code ${String(code)}`;
    const isSame = known.title === title && known.fix === fix && known.status === status;
    return isSame && type === `urn:fdx-consent:failure:${String(code)}` ? undefined : known;
  },
  'access-token-issuers': (document) => by(accessTokenIssuers)(JSON.stringify(document)),
  'command-failure': (document) => {
    const { code, title, fix, exitCode, ending, ...more } = document as Record<string, unknown>;
    const known = FAILURES[code as keyof typeof FAILURES] as { title: string; fix: string } | undefined;
    if (!known) return `no failure has the code ${String(code)}`;
    const isSame = known.title === title && known.fix === fix && Object.keys(more).length === 0;
    return isSame && EXIT_CODES[ending as keyof typeof EXIT_CODES] === exitCode ? undefined : known;
  },
  // Compared with what a command printed, where the page is run: test/integration/docs.test.ts.
  output: () => undefined,
};

function by(schema: z.ZodType): Judge {
  return (document) => schema.safeParse(document).error?.issues;
}

function faultsOf(parsed: object): unknown {
  return 'faults' in parsed ? parsed.faults : undefined;
}
