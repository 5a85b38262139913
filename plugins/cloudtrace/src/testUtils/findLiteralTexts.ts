import ts from 'typescript';

/** Props with text for people. */
const TEXT_PROPS = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'heading',
  'helperText',
  'hint',
  'label',
  'message',
  'placeholder',
  'primary',
  'secondary',
  'subheader',
  'summary',
  'text',
  'title',
  'tooltip',
  'what',
]);

const hasWords = (text: string) => /\p{L}{2,}/u.test(text);
const isSentence = (text: string) => /^\p{Lu}\p{Ll}+,? \p{L}/u.test(text);

/** The fixed parts of a string or a template. */
function fixedText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(s => s.literal.text)].join('…')
    : undefined;
}

/** The operands that can be the result; those of a comparison cannot. */
function operandsOf({
  left,
  operatorToken,
  right,
}: ts.BinaryExpression): ts.Expression[] {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [right];
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.PlusToken:
      return [left, right];
    default:
      return [];
  }
}

/** Possible values of an expression; calls, such as of `t`, are not followed. */
function outcomesOf(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
    return outcomesOf(node.expression);
  }
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].flatMap(outcomesOf);
  }
  if (ts.isBinaryExpression(node)) {
    return operandsOf(node).flatMap(outcomesOf);
  }
  return [node];
}

function nameOf({ name }: { name: ts.Node }): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name)
    ? name.text
    : name.getText();
}

/** Fixed texts that a node shows, without those of its children. */
function shownBy(node: ts.Node): string[] {
  const words = (expression?: ts.Expression) =>
    (expression ? outcomesOf(expression) : [])
      .map(fixedText)
      .filter((text): text is string => text !== undefined && hasWords(text));
  if (ts.isJsxText(node)) return hasWords(node.text) ? [node.text.trim()] : [];
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
    return words(node.expression);
  }
  if (ts.isJsxAttribute(node) && TEXT_PROPS.has(nameOf(node))) {
    const value = node.initializer;
    return words(
      value && ts.isJsxExpression(value)
        ? value.expression
        : (value as ts.StringLiteral | undefined),
    );
  }
  if (ts.isPropertyAssignment(node) && TEXT_PROPS.has(nameOf(node))) {
    return words(node.initializer);
  }
  const text = fixedText(node);
  return text !== undefined && isSentence(text) ? [text] : [];
}

/** Finds texts in the source of a component that cannot be translated. */
export function findLiteralTexts(source: string): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node) => {
    for (const text of shownBy(node)) found.add(text.replace(/\s+/g, ' '));
    ts.forEachChild(node, visit);
  };
  visit(
    ts.createSourceFile(
      'component.tsx',
      source,
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    ),
  );
  return [...found];
}
