import { Minus, Plus } from 'lucide-react';

const stepClass =
  'grid size-11 place-items-center rounded-full hover:bg-sunken disabled:opacity-30';

/** A stepper from 1 to 99. */
export function Quantity(props: {
  name: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const { name, value, onChange } = props;
  return (
    <div
      role="group"
      aria-label={`Quantity of ${name}`}
      className="inline-flex items-center rounded-full border border-line bg-panel"
    >
      <button
        type="button"
        className={stepClass}
        aria-label="One fewer"
        disabled={value <= 1}
        onClick={() => onChange(value - 1)}
      >
        <Minus size={16} aria-hidden />
      </button>
      <output className="w-7 text-center text-sm font-medium tabular-nums">
        {value}
      </output>
      <button
        type="button"
        className={stepClass}
        aria-label="One more"
        disabled={value >= 99}
        onClick={() => onChange(value + 1)}
      >
        <Plus size={16} aria-hidden />
      </button>
    </div>
  );
}
