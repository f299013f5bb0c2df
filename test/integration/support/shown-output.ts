/**
 * What a page shows of an output, compared as a reader would: every line shown is in the output, in this order; `…` stands for
 * anything, and blanks for any number of blanks.
 * @returns the first line that is not there
 */
export function missingLine(shown: string, output: string): string | undefined {
  const lines = output.split('\n').map(evenly);
  let from = 0;
  for (const line of shown.split('\n').map(evenly)) {
    if (line === '' || line === '…') continue;
    const pattern = new RegExp(`^${line.split('…').map(escaped).join('.*')}$`);
    const at = lines.findIndex((each, index) => index >= from && pattern.test(each));
    if (at === -1) return line;
    from = at + 1;
  }
  return undefined;
}

/**
 * JSON that a page shows: each member shown is there with this value; members may be left out, and `…` in a string stands for
 * anything. Of an array, each element shown is somewhere in it.
 * @returns where it differs
 */
export function jsonDifference(shown: unknown, actual: unknown, at = '$'): string | undefined {
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return `${at} is no array`;
    const missing = shown.findIndex((each) => !actual.some((one) => jsonDifference(each, one) === undefined));
    return missing === -1 ? undefined : `${at}[${missing}] is not there`;
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof actual !== 'object' || actual === null) return `${at} is no object`;
    const entries = Object.entries(shown).map(([name, value]) =>
      jsonDifference(value, (actual as Record<string, unknown>)[name], `${at}.${name}`),
    );
    return entries.find((difference) => difference !== undefined);
  }
  if (typeof shown === 'string' && typeof actual === 'string') {
    const pattern = new RegExp(`^${shown.split('…').map(escaped).join('[^]*')}$`);
    return pattern.test(actual) ? undefined : `${at} is ${JSON.stringify(actual)}`;
  }
  return shown === actual ? undefined : `${at} is ${JSON.stringify(actual)}`;
}

function evenly(line: string): string {
  return line.replaceAll(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
