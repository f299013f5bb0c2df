const AMOUNTS = /("(?:amount|[a-zA-Z]+(?:Balance|Value|Credit|Line|Principal))":-?)(\d+)(?:\.(\d+))?/g;
const DIGITS = 20;

/** Amounts to the last digit: 4812.37 becomes 4812.3700000000000001. JSON allows it, and a double cannot hold it. */
export const withLongNumbers = (json: string): string =>
  json.replace(AMOUNTS, (_match, name: string, whole: string, fraction = '') => {
    return `${name}${whole}.${(fraction as string).padEnd(DIGITS - whole.length - 1, '0')}1`;
  });
