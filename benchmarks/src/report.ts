/** One figure of the table. */
export interface Figure {
  what: string;
  value: number;
  unit: '×' | 'ms' | 's' | 'MiB' | '%' | '';
  floor: number;
  goal: number;
  /** Whether a higher value is better. */
  higher: boolean;
  /** Tells the reader what was measured. */
  detail: string;
}

/** A figure, and how fast the machine was just before its suite ran. */
export interface MeasuredFigure extends Figure {
  machine: string;
}

/** The median; the lower of the two middle values for an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** `1234567` as `1,234,567`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Prints figures as a Markdown table. */
export function printFigures(figures: readonly MeasuredFigure[]): void {
  const rows = figures.map(figure => [
    figure.what,
    show(figure.value, figure),
    show(figure.floor, figure),
    show(figure.goal, figure),
    verdict(figure),
    figure.detail,
    figure.machine,
  ]);
  const lines = [
    ['What', 'Measured', 'Floor', 'Goal', '', 'Detail', 'Machine'],
    ['---', '---', '---', '---', '---', '---', '---'],
    ...rows,
  ].map(cells => `| ${cells.join(' | ')} |`);
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

function show(value: number, { unit }: Figure): string {
  return `${value.toFixed(digitsOf(value))}${unit ? ` ${unit}` : ''}`;
}

/** Digits behind the point, so that three are significant. */
function digitsOf(value: number): number {
  if (Math.abs(value) >= 100) return 0;
  return Math.abs(value) >= 10 ? 1 : 2;
}

function verdict({ value, floor, goal, higher }: Figure): string {
  const reaches = (mark: number) => (higher ? value >= mark : value <= mark);
  if (reaches(goal)) {
    return 'goal';
  }
  return reaches(floor) ? 'floor' : 'below the floor';
}
