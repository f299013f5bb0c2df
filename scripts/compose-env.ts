import { randomBytes } from 'node:crypto';

/** The secrets that docker-compose.yml asks for, made anew at each call: `node dist/scripts/compose-env.js > .env`, once. */
export function composeEnvironment(): Record<string, string> {
  return {
    VAULT_KEYS: freshKey(),
    PAYLOAD_KEYS: freshKey(),
    POSTGRES_PASSWORD: freshSecret(),
    SERVICE_POSTGRES_PASSWORD: freshSecret(),
    TEMPORAL_POSTGRES_PASSWORD: freshSecret(),
  };
}

function freshKey(): string {
  return `compose-1:${freshSecret()}`;
}

/** Needs no quoting, neither in an env file nor in a URL. */
function freshSecret(): string {
  return randomBytes(32).toString('base64url');
}

if (require.main === module) {
  const lines = Object.entries(composeEnvironment()).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(lines.join(''));
}
