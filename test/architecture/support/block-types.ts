import path from 'node:path';
import ts from 'typescript';
import type { CodeBlock } from './code-blocks';
import { repositoryRoot } from './repository';

const OPTIONS: ts.CompilerOptions = {
  ...{
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  },
  ...{ strict: true, noEmit: true, skipLibCheck: true, types: ['node'], lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'] },
  allowImportingTsExtensions: false,
  // Of this tree, built or not.
  paths: { '@fdx-consent/client': [path.join(repositoryRoot, 'packages/client/src/index.ts')] },
};

/** What the compiler says of programs of the pages, each as a module of its own in the root of the repository. */
export function typeFaultsOf(blocks: readonly CodeBlock[]): readonly string[] {
  const files = new Map(blocks.map((block, index) => [path.join(repositoryRoot, `block-${index}.ts`), block] as const));
  const host = ts.createCompilerHost(OPTIONS);
  const textOf = (file: string): string | undefined => {
    const block = files.get(path.normalize(file));
    return block && `${block.text}\nexport {};\n`;
  };
  const reading = { fileExists: host.fileExists.bind(host), readFile: host.readFile.bind(host) };
  const source = host.getSourceFile.bind(host);
  host.fileExists = (file) => textOf(file) !== undefined || reading.fileExists(file);
  host.readFile = (file) => textOf(file) ?? reading.readFile(file);
  host.getSourceFile = (file, language, ...more) => {
    const text = textOf(file);
    return text === undefined ? source(file, language, ...more) : ts.createSourceFile(file, text, language, true);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files].flatMap(([file, block]) => {
    const own = program.getSourceFile(file);
    const said = [...program.getSyntacticDiagnostics(own), ...program.getSemanticDiagnostics(own)];
    return said.map(({ messageText }) => `${block.place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}

export function syntaxFaultsOf({ text, place }: CodeBlock): readonly string[] {
  const compilerOptions = { module: ts.ModuleKind.ESNext, allowJs: true };
  const { diagnostics = [] } = ts.transpileModule(text, {
    compilerOptions,
    fileName: 'block.js',
    reportDiagnostics: true,
  });
  return diagnostics.map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
