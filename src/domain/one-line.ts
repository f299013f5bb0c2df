/** A character that is no control character (Unicode category Cc), as JSON Schema and other languages read it too. */
export const PRINTABLE = '[^\\u0000-\\u001f\\u007f-\\u009f]';

/** Text without line breaks and other control characters. */
export const ONE_LINE = new RegExp(`^${PRINTABLE}*$`, 'u');
