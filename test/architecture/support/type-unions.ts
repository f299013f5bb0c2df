import path from 'node:path';
import ts from 'typescript';
import { readText } from './repository';

/** The string members of an exported union type: types leave nothing to ask at run time. */
export function unionMembers(file: string, typeName: string): readonly string[] {
  const source = ts.createSourceFile(path.basename(file), readText(file), ts.ScriptTarget.ES2022);
  for (const statement of source.statements) {
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === typeName) return membersOf(statement.type);
  }
  throw new Error(`${file} declares no type ${typeName}`);
}

function membersOf(type: ts.TypeNode): readonly string[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(membersOf);
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text];
  throw new Error('a union of strings was expected');
}
