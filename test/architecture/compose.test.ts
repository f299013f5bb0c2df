import { existsSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { clientsFile } from '../../sandbox/clients';
import { composeEnvironment } from '../../scripts/compose-env';
import { SEARCH_ATTRIBUTES } from '../../scripts/setup/temporal-server';
import { readConfig, SETTINGS } from '../../src/config';
import { parseInstitutionsFile } from '../../src/institutions/profile';
import { environmentOf, interpolated, readComposeFile, variablesOf, type Service } from './support/compose';
import { readText, repositoryRoot } from './support/repository';

const file = readComposeFile();
const text = readText('docker-compose.yml');
const secrets = composeEnvironment();
const services = Object.entries(file.services);

function serviceNamed(name: string): Service {
  const service = file.services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}

function isOurs([, { build }]: [string, Service]): boolean {
  return build !== undefined;
}

function composeSchema(): ValidateFunction {
  const schema = JSON.parse(readText('test/architecture/schemas/compose-spec.json')) as Record<string, unknown>;
  // ajv knows draft 7 by its http address, the schema names it by https. Formats are Compose's own (durations, ports).
  const options = { strict: false, allErrors: true, validateFormats: false };
  return new Ajv(options).compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
}

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose Specification', () => {
    const validate = composeSchema();
    validate(file);
    expect(validate.errors).toBeNull();
  });

  it('would not be valid with a misspelt key', () => {
    expect(composeSchema()({ ...file, services: { ...file.services, api: { imagee: 'x' } } })).toBe(false);
  });

  it('has the services of a whole system', () => {
    const names = services.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['api', 'worker', 'migrate', 'postgresql', 'sandbox-bank', 'temporal', 'temporal-ui']),
    );
  });

  describe('secrets', () => {
    const SECRET = /PASSWORD|PWD|_KEYS?$|SECRET|DATABASE_URL/;

    it('come from variables that must be set, and never from the file', () => {
      for (const [name, { environment = {} }] of services) {
        for (const [setting, value] of Object.entries(environment).filter(([each]) => SECRET.test(each))) {
          const literal = String(value).replace(/\$\{[A-Z_]+:\?[^}]*\}/g, '');
          const allowed = setting.endsWith('DATABASE_URL')
            ? /^postgres:\/\/fdx_consent(_service)?:@postgresql:5432\/\w+$/
            : /^$/;
          expect(`${name} ${setting} ${allowed.test(literal)}`).toBe(`${name} ${setting} true`);
        }
      }
    });

    it('are exactly those that compose-env makes', () => {
      const needed = variablesOf(text).filter(({ fallback }) => fallback === undefined);
      expect([...new Set(needed.map(({ name }) => name))].sort()).toEqual(Object.keys(secrets).sort());
    });

    it('are long, need no quoting and differ at each call', () => {
      for (const value of Object.values(secrets)) expect(value).toMatch(/^(compose-1:)?[A-Za-z0-9_-]{43}$/);
      const all = [...Object.values(secrets), ...Object.values(composeEnvironment())];
      expect(new Set(all).size).toBe(all.length);
    });
  });

  describe('our services', () => {
    const sandboxSettings = [...new Set(readText('sandbox/config.ts').match(/\bSANDBOX_[A-Z_]+\b/g))];

    it.each(services.filter(isOurs))('%s sets only settings that exist', (_name, { environment = {} }) => {
      const unknown = Object.keys(environment).filter(
        (name) => !SETTINGS.includes(name) && !sandboxSettings.includes(name),
      );
      expect(unknown).toEqual([]);
    });

    it.each(['api', 'worker'])('%s reads its environment without a fault', (name) => {
      const config = readConfig(environmentOf(serviceNamed(name), secrets));
      const service = `fdx_consent_service:${secrets['SERVICE_POSTGRES_PASSWORD'] ?? ''}`;
      expect(config.DATABASE_URL).toBe(`postgres://${service}@postgresql:5432/fdx_consent`);
      expect(config.AUDIT_PROTECTION).toBe('required');
      expect(config.TEMPORAL_ADDRESS).toBe('temporal:7233');
    });

    it('migrations alone run as the owner, and grant to the role that the others connect as', () => {
      const migrate = environmentOf(serviceNamed('migrate'), secrets);
      expect(migrate['DATABASE_URL']).toContain(`//fdx_consent:${secrets['POSTGRES_PASSWORD'] ?? ''}@`);
      expect(migrate['DATABASE_SERVICE_ROLE']).toBe('fdx_consent_service');
      const script = readText('deploy/postgresql/create-service-role.sql');
      expect(script).toContain('CREATE ROLE fdx_consent_service LOGIN PASSWORD');
      expect(environmentOf(serviceNamed('postgresql'), secrets)).toHaveProperty('SERVICE_POSTGRES_PASSWORD');
      expect(script).toContain('\\getenv password SERVICE_POSTGRES_PASSWORD');
    });

    it('API and worker agree on everything they share', () => {
      const [api = {}, worker = {}] = ['api', 'worker'].map((name) => environmentOf(serviceNamed(name), secrets));
      const own = ['HOST', 'PORT', 'CODEC_CORS_ORIGIN', 'WORKER_HEALTH_PORT', 'WORKER_BUILD_ID'];
      const shared = (each: Record<string, string>) => Object.entries(each).filter(([name]) => !own.includes(name));
      expect(shared(worker)).toEqual(shared(api));
      expect(shared(api).length).toBeGreaterThan(5);
    });

    it('the worker can be scaled: no fixed name, no port of the host', () => {
      expect(serviceNamed('worker').container_name).toBeUndefined();
      expect(serviceNamed('worker').ports).toBeUndefined();
    });

    it.each(services.filter(isOurs))('%s runs a program that the build makes', (_name, { command = [] }) => {
      const scripts = command.flatMap((word) => [...word.matchAll(/(?:^|\.\/)dist\/([\w/-]+)\.js/g)]);
      for (const [, script = ''] of scripts) expect(existsSync(path.join(repositoryRoot, `${script}.ts`))).toBe(true);
    });

    it.each(services.filter(isOurs))('%s cannot change its image and holds no capability', (_name, service) => {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true });
    });
  });

  describe('the bank and we', () => {
    const [profile] = parseInstitutionsFile(readText('deploy/institutions.json'));
    const [client] = clientsFile.parse(JSON.parse(readText('deploy/bank-clients.json')));
    const bank = environmentOf(serviceNamed('sandbox-bank'), secrets);
    const publicUrl = environmentOf(serviceNamed('api'), secrets)['PUBLIC_URL'] ?? '';

    it('know each other by the same names', () => {
      expect(profile?.issuer).toBe(bank['SANDBOX_ISSUER']);
      expect(profile?.fdx.baseUrl).toBe(`${bank['SANDBOX_ISSUER'] ?? ''}/fdx/v6`);
      expect(client?.client_id).toBe(profile?.clientId);
      expect(client?.redirect_uris).toEqual([`${publicUrl}/callback`]);
      expect(profile?.clientAuthentication).toMatchObject({ algorithm: client?.token_endpoint_auth_signing_alg });
      expect(client?.id_token_signed_response_alg).toBe(profile?.idTokenSignedResponseAlg);
    });

    it('reach each other inside the network', () => {
      const jwks = new URL(client?.jwks_uri ?? '');
      expect(jwks.pathname).toBe('/.well-known/jwks.json');
      expect(jwks.port).toBe(String(serviceNamed('api').environment?.['PORT']));
      expect(Object.keys(file.services)).toEqual(expect.arrayContaining([jwks.hostname, 'sandbox-bank']));
      expect(new URL(profile?.issuer ?? '').hostname).toBe('sandbox-bank');
      expect(readText('scripts/setup/certificates.ts')).toContain("'sandbox-bank'");
    });

    it('find the certificate authority where it is mounted', () => {
      for (const name of ['api', 'worker']) expect(serviceNamed(name).volumes).toContain('ca:/ca:ro');
      expect(profile?.caFile).toBe('/ca/ca.pem');
      expect(serviceNamed('worker').volumes?.filter((volume) => volume.startsWith('tls:'))).toEqual([]);
    });
  });

  describe('order and health', () => {
    const conditions = services.flatMap(([name, { depends_on = {} }]) =>
      Object.entries(depends_on).map(([other, { condition }]) => ({ name, other, condition })),
    );

    it.each(conditions)('$name waits for $other with a condition that can come true', ({ other, condition }) => {
      const service = serviceNamed(other);
      if (condition === 'service_healthy') expect(service.healthcheck).toBeDefined();
      // A job that is restarted whatever happens never completes.
      else expect(service.restart).toMatch(/^on-failure:\d$/);
    });

    it('every service that stays up has a health check, but for the UI, whose image has no program for one', () => {
      const without = services.filter(([, each]) => each.restart === 'unless-stopped' && !each.healthcheck);
      expect(without.map(([name]) => name)).toEqual(['temporal-ui']);
    });

    it('our health checks ask with Node', () => {
      for (const [, { healthcheck }] of services.filter(isOurs)) {
        if (healthcheck) expect(healthcheck.test.slice(0, 3)).toEqual(['CMD', 'node', 'healthcheck.cjs']);
      }
    });

    it('nobody waits in a circle', () => {
      const visit = (name: string, path: readonly string[]): void => {
        expect(path).not.toContain(name);
        for (const { other } of conditions.filter((each) => each.name === name)) visit(other, [...path, name]);
      };
      for (const [name] of services) visit(name, []);
    });
  });

  describe('files and ports', () => {
    const volumes = services.flatMap(([name, each]) => (each.volumes ?? []).map((volume) => ({ name, volume })));

    it.each(volumes)('$name mounts something that is there: $volume', ({ volume }) => {
      const [source = '', target = ''] = volume.split(':');
      if (source.startsWith('./')) expect(existsSync(path.join(repositoryRoot, source))).toBe(true);
      else expect(Object.keys(file.volumes)).toContain(source);
      expect(path.posix.isAbsolute(target)).toBe(true);
    });

    it('opens ports to this machine only, each once', () => {
      const ports = services.flatMap(([, each]) => each.ports ?? []);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
      expect(new Set(ports).size).toBe(ports.length);
    });

    it('keeps the data of PostgreSQL 18 where its image keeps it', () => {
      for (const name of ['postgresql', 'temporal-postgresql']) {
        expect(serviceNamed(name).image).toBe('postgres:18');
        expect(serviceNamed(name).volumes).toContain(`${name}:/var/lib/postgresql`);
      }
    });

    it('names a version of every image', () => {
      for (const [, { image = '' }] of services) {
        expect(interpolated(image, {})).toMatch(/:(local|\d+(\.\d+){0,2})$/);
      }
    });
  });
});

/**
 * What the images of others read, from their published templates: temporalio/temporal config_template_embedded.yaml and
 * entrypoint.sh, temporalio/ui server/docker/config-template.yaml, docker-library/postgres. Only what we use.
 */
const IMAGE_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  // The last one is read by our own script.
  postgres: ['POSTGRES_DB', 'POSTGRES_USER', 'POSTGRES_PASSWORD', 'SERVICE_POSTGRES_PASSWORD'],
  'temporalio/server': [
    'DB',
    'DB_PORT',
    'POSTGRES_SEEDS',
    'POSTGRES_USER',
    'POSTGRES_PWD',
    'BIND_ON_IP',
    'NUM_HISTORY_SHARDS',
    'DYNAMIC_CONFIG_FILE_PATH',
    'LOG_LEVEL',
  ],
  'temporalio/ui': [
    'TEMPORAL_ADDRESS',
    'TEMPORAL_UI_PORT',
    'TEMPORAL_CORS_ORIGINS',
    'TEMPORAL_CODEC_ENDPOINT',
    'TEMPORAL_NOTIFY_ON_NEW_VERSION',
  ],
  // The schema tool and the command line; the scripts read the rest.
  'temporalio/admin-tools': [
    'SQL_PASSWORD',
    'POSTGRES_SEEDS',
    'POSTGRES_USER',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
  ],
};

describe('images of others', () => {
  it.each(services.filter((each) => !isOurs(each)))('%s gets only settings that its image reads', (_name, service) => {
    const known = IMAGE_SETTINGS[service.image?.split(':')[0] ?? ''] ?? [];
    expect(Object.keys(service.environment ?? {}).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('Temporal gets the search attributes that a consent has', () => {
    const script = readText('deploy/temporal/create-namespace.sh');
    const ensured = [...script.matchAll(/^ensure (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]);
    expect(Object.fromEntries(ensured)).toEqual(SEARCH_ATTRIBUTES);
  });
});

describe('Dockerfile', () => {
  const stages = readText('Dockerfile')
    .split(/^(?=FROM )/m)
    .slice(1);
  const stageNamed = (name: string): string =>
    stages.find((stage) => stage.split('\n')[0]?.endsWith(` AS ${name}`)) ?? '';

  it('has a stage for every target, and it runs as node', () => {
    const targets = new Set(services.flatMap(([, { build }]) => build?.target ?? []));
    expect([...targets].sort()).toEqual(['product', 'sandbox']);
    for (const target of targets) expect(stageNamed(target)).toMatch(/\nUSER node\n/);
  });

  it('starts from a Node that package.json accepts', () => {
    const { engines } = JSON.parse(readText('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.19');
    expect(stages[0]).toMatch(/^FROM node:22-slim AS base\n/);
  });

  it('leaves the sandbox and the development packages out of the product', () => {
    const product = stageNamed('product');
    expect(product).toContain('COPY --from=packages /app/node_modules');
    expect(product).not.toMatch(/dist\/(sandbox|scripts)|COPY --from=build \/app\/(dist|node_modules) /);
    expect(stageNamed('packages')).toContain('--omit=dev');
  });

  it('takes from this folder only what is built', () => {
    const ignore = readText('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(ignore[0]).toBe('*');
    const taken = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(taken).toEqual(
      expect.arrayContaining(['package-lock.json', 'src', 'sandbox', 'scripts', 'deploy/healthcheck.cjs']),
    );
    expect(taken.filter((name) => /env|key|pem|\.fdx/.test(name))).toEqual([]);
  });
});
