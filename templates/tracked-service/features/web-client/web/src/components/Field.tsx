import { useId, type ComponentProps } from 'react';

export const inputClass =
  'w-full min-h-11 rounded-xl border border-line bg-panel px-3.5 py-2 text-base text-ink placeholder:text-soft/70 focus:border-accent';

/** An input with its label, and an optional hint that belongs to it. */
export function Field({
  label,
  hint,
  className = '',
  ...input
}: ComponentProps<'input'> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
        {!input.required && input.type !== 'checkbox' && (
          <span className="font-normal text-soft"> (optional)</span>
        )}
      </label>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...input}
        className={inputClass}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
