import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The keys that a `config.d.ts` declares. */
export interface DeclaredKeys {
  /**
   * Keys with a value. List items are `[]`; a key that ends in `.*` accepts any
   * keys below it.
   */
  values: string[];
  /** Blocks and lists that hold values. */
  blocks: string[];
}

/** Reads the keys that the interface `Config` of a `config.d.ts` declares. */
export function declaredKeys(file: string): DeclaredKeys {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const config = source.statements.find(
    statement =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'Config',
  ) as ts.InterfaceDeclaration | undefined;
  if (!config) throw new Error(`${file} declares no interface Config`);
  const declared: DeclaredKeys = { values: [], blocks: [] };
  collectMembers(declared, config.members, '');
  return declared;
}

function collectMembers(
  declared: DeclaredKeys,
  members: ts.NodeArray<ts.TypeElement>,
  path: string,
): void {
  for (const member of members) {
    if (ts.isIndexSignatureDeclaration(member)) {
      declared.values.push(`${path}.*`);
    } else if (ts.isPropertySignature(member) && ts.isIdentifier(member.name)) {
      const name = member.name.text;
      collectType(declared, member.type!, path ? `${path}.${name}` : name);
    } else {
      throw new Error(`Unknown declaration in ${path || 'Config'}`);
    }
  }
}

function collectType(
  declared: DeclaredKeys,
  type: ts.TypeNode,
  path: string,
): void {
  const item = itemOf(type);
  if (ts.isTypeLiteralNode(type)) {
    declared.blocks.push(path);
    collectMembers(declared, type.members, path);
  } else if (item && ts.isTypeLiteralNode(item)) {
    declared.blocks.push(path);
    collectMembers(declared, item.members, `${path}[]`);
  } else if (ts.isTypeReferenceNode(type) && !item) {
    // A Backstage type, which Backstage's own code reads.
    declared.values.push(`${path}.*`);
  } else {
    declared.values.push(path);
  }
}

/** The item type of a list; undefined if the type is not a list. */
function itemOf(type: ts.TypeNode): ts.TypeNode | undefined {
  if (ts.isArrayTypeNode(type)) return type.elementType;
  const named =
    ts.isTypeReferenceNode(type) &&
    ts.isIdentifier(type.typeName) &&
    type.typeName.text === 'Array';
  return named ? type.typeArguments?.[0] : undefined;
}
