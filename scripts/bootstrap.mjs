// Plain JavaScript without dependencies: this runs on a fresh clone, before anything is installed or built.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];
const SOURCES = [
  ...['src', 'sandbox', 'scripts', 'bench', 'tsconfig.json', 'package.json', 'package-lock.json'],
  ...['src', 'tsconfig.json', 'package.json'].map((name) => `packages/client/${name}`),
];
const at = (...names) => path.join(root, ...names);

/** Brings a clone to the state that `npm start`, `npm test` and `npm run bench` need, doing only what is not done yet. */
export function bootstrap() {
  process.chdir(root);
  checkNode();
  install();
  build();
}

/** Hands over to a program of ours: the same terminal, every signal passed on, the same end. */
export function handOver(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to both of us, so the child may hear it twice; it counts only the first.
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', (error) => fail(`${args[0]} could not be started: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  if (!enough)
    fail(
      `Node.js ${MINIMUM_NODE.join('.')} or newer is needed, this is ${process.versions.node}: install it, for example with your version manager (.nvmrc)`,
    );
}

function install() {
  const stamp = at('node_modules', '.fdx-consent-installed.json');
  const wanted = {
    lock: sha256([at('package-lock.json')]),
    // Native parts differ by platform and Node version, so a folder copied from elsewhere is not taken for an installed one.
    platform: `${process.platform}-${process.arch} node-${process.versions.modules}`,
  };
  const found = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : { platform: wanted.platform };
  const samePlatform = found.platform === wanted.platform;
  if (samePlatform && found.lock === wanted.lock) return;
  if (!(samePlatform && installedByHand())) {
    step('installing the packages (npm ci)');
    // Development packages too, whatever NODE_ENV says: the sandbox bank and the database are among them.
    runOrFail(
      npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']),
      'npm ci failed; see above. Does this machine reach an npm registry?',
    );
  }
  writeFileSync(stamp, JSON.stringify(wanted));
}

/** A developer's own `npm ci` or `npm install` counts: npm leaves its own lock file behind, newer than ours. */
function installedByHand() {
  const hidden = at('node_modules', '.package-lock.json');
  return existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

function build() {
  const stamp = at('dist', '.built.json');
  const files = SOURCES.flatMap((name) => filesBelow(at(name)));
  const built = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : { files: [] };
  const hash = sha256(files);
  const isWhole =
    existsSync(at('dist', 'workflow-bundle.js')) && existsSync(at('packages', 'client', 'dist', 'index.cjs'));
  if (built.hash === hash && isWhole) return;
  // The compiler never deletes what a removed source once became.
  if (built.files.some((file) => !existsSync(at(file)))) rmSync(at('dist'), { recursive: true, force: true });
  step('compiling and bundling the workflows');
  runOrFail(npm(['run', '--silent', 'build']), 'the build failed; see above');
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ hash, files: files.map((file) => path.relative(root, file)) }));
}

function filesBelow(entry) {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry)
    .sort()
    .flatMap((name) => filesBelow(path.join(entry, name)));
}

/** Of names and contents: a renamed file is a change as well. */
function sha256(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** npm as a program: the very one that runs us where there is one, else the one on PATH. */
function npm(args) {
  const running = process.env.npm_execpath;
  return running?.endsWith('.js') ? [process.execPath, [running, ...args]] : ['npm', args];
}

function runOrFail([command, args], explanation) {
  const begun = Date.now();
  // Output goes to stderr: the last line of stdout belongs to the program that follows.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) fail(explanation);
  step(`done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

function step(text) {
  process.stderr.write(`» ${text}\n`);
}

function fail(text) {
  process.stderr.write(`✖ ${text}\n`);
  process.exit(1);
}
