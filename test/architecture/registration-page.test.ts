import { z } from 'zod';
import { parseRegistrationTerms, registrationRequestSchema } from '../../src/institutions/registration-file';
import { codeBlocksOf, rowsWith, unquoted } from './support/markdown';
import { readText } from './support/repository';

const page = readText('docs/registration.md');
const [example = ''] = codeBlocksOf(page, 'json');

describe('docs/registration.md', () => {
  it('has an example that is a valid file', () => {
    expect(parseRegistrationTerms(JSON.parse(example))).not.toHaveProperty('faults');
  });

  it('has one row for each member of `registration`', () => {
    const schema = z.toJSONSchema(registrationRequestSchema, { io: 'input' }) as {
      properties: Record<string, unknown>;
    };
    const members = Object.keys(schema.properties).map((name) => `registration.${name}`);
    expect(rowsWith(page, 'member').map(([name = '']) => unquoted(name))).toEqual(members);
  });

  it.each(['register', 'show', 'update', 'delete'])('names a command to %s that exists', (verb) => {
    const commands = readText('src/cli/commands/registration.ts');
    expect(page).toMatch(new RegExp(`^fdx-consent institutions (registration )?${verb}`, 'm'));
    expect(commands).toContain(`'${verb}'`);
  });
});

describe('a registration file', () => {
  const file = JSON.parse(example) as { registration: { metadata: object } };

  it.each<[string, object, string]>([
    ['with a client id', { ...file, clientId: 'c1' }, 'clientId'],
    ['without what to register', { ...file, registration: undefined }, 'registration'],
    ['without a name', { ...file, registration: { metadata: {} } }, 'registration.metadata.client_name'],
    ['with a redirect URI', withMetadata({ redirect_uris: [] }), 'registration.metadata'],
    ['with a cluster that FDX does not have', withRegistration({ dataClusters: ['X'] }), 'registration.dataClusters.0'],
    ['with an endpoint in the clear', withRegistration({ endpoint: 'http://x.example' }), 'registration.endpoint'],
    ['with a fault in its profile', { ...file, issuer: 'http://x.example' }, 'issuer'],
  ])('%s is told where the fault is', (_, faulty, path) => {
    const parsed = parseRegistrationTerms(faulty);
    expect('faults' in parsed && parsed.faults.map((fault) => fault.path)).toEqual([path]);
  });

  function withRegistration(changes: object): object {
    return { ...file, registration: { ...file.registration, ...changes } };
  }
  function withMetadata(changes: object): object {
    return withRegistration({ metadata: { ...file.registration.metadata, ...changes } });
  }
});
