import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true });

function documentation(node) {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments
    .flatMap(({ comment }) => ts.getTextOfJSDocComment(comment) ?? [])
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function isSecret(node) {
  return ts
    .getJSDocTags(node)
    .some(
      ({ tagName, comment }) =>
        tagName.text === 'visibility' && comment === 'secret',
    );
}

/** The object that a type contains, and how its keys are written: `a.b`, `a[].b` or `a.<name>.b`. */
function unwrap(type) {
  if (ts.isTypeLiteralNode(type)) return { members: type.members, suffix: '' };
  if (ts.isArrayTypeNode(type)) {
    const inner = unwrap(type.elementType);
    return inner && { ...inner, suffix: `[]${inner.suffix}` };
  }
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    if (name === 'Array' || name === 'ReadonlyArray') {
      const inner = unwrap(type.typeArguments[0]);
      return inner && { ...inner, suffix: `[]${inner.suffix}` };
    }
  }
  return undefined;
}

function typeWords(type, inner, source) {
  if (inner) return inner.suffix ? 'list' : 'object';
  return printer
    .printNode(ts.EmitHint.Unspecified, type, source)
    .replace(/\s+/g, ' ');
}

/**
 * The keys that the interface `Config` of a `config.d.ts` declares, in its order.
 *
 * @returns `{ key, type, required, secret, description }`; `type` is `object`
 * or `list` for keys whose own keys follow
 */
export function readConfigKeys(text, fileName = 'config.d.ts') {
  const source = ts.createSourceFile(
    fileName,
    text,
    ts.ScriptTarget.Latest,
    true,
  );
  const keys = [];
  const visit = (members, prefix) => {
    for (const member of members) {
      const isIndex = ts.isIndexSignatureDeclaration(member);
      if (!isIndex && !ts.isPropertySignature(member)) continue;
      const name = isIndex
        ? `<${member.parameters[0].name.getText()}>`
        : member.name.text;
      const key = prefix ? `${prefix}.${name}` : name;
      const inner = unwrap(member.type);
      keys.push({
        key,
        type: typeWords(member.type, inner, source),
        required: !isIndex && !member.questionToken,
        secret: isSecret(member),
        description: documentation(member),
      });
      if (inner) visit(inner.members, key + inner.suffix);
    }
  };
  for (const statement of source.statements) {
    if (
      ts.isInterfaceDeclaration(statement) &&
      statement.name.text === 'Config'
    ) {
      visit(statement.members, '');
    }
  }
  if (keys.length === 0) {
    throw new Error(`${fileName} declares no key in an interface "Config"`);
  }
  return keys;
}
