import { existsSync } from 'node:fs';
import path from 'node:path';
import { anchorsOf, codeBlocksOf, linksOf, rowsWith } from './support/markdown';
import { markdownFiles, readText, repositoryFiles, repositoryRoot } from './support/repository';

const pages = markdownFiles();

describe('documentation', () => {
  it.each(pages)('%s has no broken link', (page) => {
    const broken = linksOf(readText(page))
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !resolves(page, link));
    expect(broken).toEqual([]);
  });

  it.each(pages)('%s holds JSON that parses', (page) => {
    const faulty = codeBlocksOf(readText(page), 'json').filter((block) => !isJson(block));
    expect(faulty).toEqual([]);
  });

  it('mentions only files that exist', () => {
    const files = repositoryFiles();
    const missing = pages.flatMap((page) =>
      mentionedFiles(readText(page))
        .filter((name) => !files.includes(name) && !files.some((file) => file.startsWith(`${name}/`)))
        .map((name) => `${page}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('lists every decision in its index', () => {
    const decisions = repositoryFiles().filter((file) => /^docs\/adr\/\d{4}-/.test(file));
    const indexed = linksOf(readText('docs/adr/README.md')).map((link) => `docs/adr/${link}`);
    expect(indexed.sort()).toEqual([...decisions].sort());
  });

  it('lists every page by what one wants to do', () => {
    const listed = rowsWith(readText('docs/README.md'), 'I want to …').flatMap(([task = '', page = '']) => {
      expect(task.length).toBeGreaterThan(10);
      return linksOf(page).map((link) => `docs/${link}`);
    });
    const all = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
    expect(listed.sort()).toEqual([...all, 'docs/adr/README.md'].sort());
  });

  it.each(repositoryFiles().filter((file) => /^docs\/adr\/\d{4}-/.test(file)))('%s is at most a page', (file) => {
    const text = readText(file);
    expect(text).toMatch(/^# \d{4}: /);
    expect(text).toContain('\nStatus: ');
    expect(text.split(/\s+/).length).toBeLessThan(600);
  });

  it('has a place on the map for every folder of the product', () => {
    const onTheMap = rowsWith(readText('docs/architecture.md'), 'folder').flatMap(([folders = '']) =>
      mentionedFiles(folders),
    );
    const folders = new Set(repositoryFiles().flatMap((file) => /^src\/[^/]+(?=\/)/.exec(file)?.[0] ?? []));
    expect([...folders].filter((folder) => !onTheMap.includes(folder))).toEqual([]);
    expect(folders.size).toBeGreaterThan(20);
  });

  it('says of every sealed column what is in it, and when it goes', () => {
    const told = rowsWith(readText('docs/architecture.md'), 'secret')
      .map((row) => row.join(' '))
      .join('\n');
    const tables = repositoryFiles().filter((file) => /^src\/store\/(.+-)?tables\.ts$/.test(file));
    const sealed = tables.flatMap((file) =>
      [...readText(file).matchAll(/^ {2}(\w+_jwe):/gm)].map(([, column = '']) => column),
    );
    expect(sealed.filter((column) => !told.includes(column))).toEqual([]);
    expect(sealed.length).toBeGreaterThan(15);
  });

  it('draws the flow of a consent', () => {
    const [diagram = ''] = codeBlocksOf(readText('docs/architecture.md'), 'mermaid');
    expect(diagram).toMatch(/^sequenceDiagram\n/);
    const named = new Set([...diagram.matchAll(/^ {2}participant (\w+)/gm)].map((match) => match[1]));
    const used = [...diagram.matchAll(/^ {2}(\w+)-?->>(\w+):/gm)].flatMap((match) => [match[1], match[2]]);
    expect(used.filter((name) => !named.has(name))).toEqual([]);
    expect(used.length).toBeGreaterThan(40);
  });
});

function resolves(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.posix.normalize(path.posix.join(path.posix.dirname(page), file));
  if (!existsSync(path.join(repositoryRoot, target))) return false;
  return anchor === undefined || anchorsOf(readText(target)).includes(anchor);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `src/…`, `scripts/…` and the like between ticks. A line of a command counts too. */
function mentionedFiles(markdown: string): readonly string[] {
  const mentions = [...markdown.matchAll(/`((?:src|sandbox|scripts|deploy|test|docs|bench)\/[\w./-]*[\w])`/g)];
  return mentions.map((match) => match[1] ?? '');
}
