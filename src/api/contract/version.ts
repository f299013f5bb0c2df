import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The version of this service: that of package.json, which lies above both `src` and `dist`. */
export const SERVICE_VERSION = versionAbove(__dirname);

function versionAbove(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  const above = path.dirname(folder);
  if (above === folder) throw new Error('there is no package.json above the program');
  return versionAbove(above);
}
