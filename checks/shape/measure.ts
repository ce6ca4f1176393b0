import ts from 'typescript';

export interface FunctionSize {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly lines: number;
}

export interface FileSize {
  readonly file: string;
  readonly lines: number;
  readonly commentLines: number;
  readonly functions: readonly FunctionSize[];
}

const GROUPS_TESTS = new Set(['describe', 'suite']);
const TESTS = new Set(['test', 'it', 'describe', 'suite']);

/** Measures one source text: its lines, the lines that hold comments only, and every function with a body in braces. */
export function measure(file: string, text: string): FileSize {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const functions: FunctionSize[] = [];
  const visit = (node: ts.Node): void => {
    if (hasBlockBody(node) && !isTestGroup(node)) functions.push(sizeOf(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { file, lines: lineCount(text), commentLines: commentLines(source), functions };
}

type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.Block };

function hasBlockBody(node: ts.Node): node is FunctionNode {
  const body = (node as Partial<ts.FunctionLikeDeclaration>).body;
  return ts.isFunctionLike(node) && body !== undefined && ts.isBlock(body);
}

/** A list of tests, such as the callback of `describe` or a suite that several adapters share, is no function in the sense of these sizes. */
function isTestGroup({ parent, body }: FunctionNode): boolean {
  return calls(parent, GROUPS_TESTS) || body.statements.some((statement) => isTest(statement));
}

const isTest = (statement: ts.Statement) =>
  ts.isExpressionStatement(statement) && calls(statement.expression, TESTS);

function calls(node: ts.Node, names: ReadonlySet<string>): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text);
}

function sizeOf(node: FunctionNode, source: ts.SourceFile): FunctionSize {
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
  return { name: nameOf(node, source), file: source.fileName, line: first + 1, lines: last - first + 1 };
}

function nameOf(node: FunctionNode, source: ts.SourceFile): string {
  if (node.name) return node.name.getText(source);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText(source);
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (!ts.isCallExpression(parent)) return 'unnamed';
  const [title] = parent.arguments;
  const called = parent.expression.getText(source).slice(-30);
  return title && ts.isStringLiteralLike(title) ? `${called} '${title.text}'` : `callback of ${called}`;
}

function lineCount(text: string): number {
  const lines = text.split('\n').length;
  return text.endsWith('\n') ? lines - 1 : lines;
}

/** Counts comments that begin a line: one after code shares its line. */
function commentLines(source: ts.SourceFile): number {
  const lengths = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []) {
      const lineStart = source.text.lastIndexOf('\n', pos - 1) + 1;
      const beginsLine = source.text.slice(lineStart, pos).trim() === '';
      if (beginsLine) lengths.set(pos, source.text.slice(pos, end).split('\n').length);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...lengths.values()].reduce((sum, lines) => sum + lines, 0);
}
