import { styleText } from 'node:util';

/** What standard output is: a terminal of some width, or something that reads. */
export interface Paper {
  /** Undefined for a file or a pipe: nothing is shortened there. */
  readonly width?: number;
  readonly hasColour: boolean;
}

/** Colour is for terminals, unless somebody wants none (https://no-color.org). */
export function paperOf(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>, env: NodeJS.ProcessEnv): Paper {
  if (!stream.isTTY) return { hasColour: false };
  const hasColour = (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return { hasColour, ...(stream.columns > 0 && { width: stream.columns }) };
}

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

export function painted(style: Style, text: string, paper = paperOf(process.stdout, process.env)): string {
  return paper.hasColour ? styleText(style, text) : text;
}
