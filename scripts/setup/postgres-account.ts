import { run } from './command';

/** The account that PostgreSQL runs as. Empty when we are not root: then it runs as ourselves. */
export interface Account {
  uid?: number;
  gid?: number;
}

const NAME = 'postgres';

/** PostgreSQL refuses to run as root, so root lends it the account `postgres`, made on the spot where there is none. */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  try {
    return await lookUp();
  } catch {
    await run('groupadd', ['--system', '--force', NAME]);
    await run('useradd', ['--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
    return await lookUp();
  }
}

/** Whether that account can enter this folder, every parent included. Asking it beats reasoning about modes and ACLs. */
export async function canEnter(directory: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true;
  try {
    await run('/bin/sh', ['-c', 'cd "$1" && test -r .', 'sh', directory], { ...account, env: {} });
    return true;
  } catch {
    return false;
  }
}

async function lookUp(): Promise<Account> {
  const [user, group] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}
