import type { ComponentProps } from 'react';

const looks = {
  primary:
    'bg-accent text-on-accent hover:opacity-90 disabled:opacity-50 shadow-sm',
  quiet: 'border border-line bg-panel hover:bg-sunken disabled:opacity-50',
  danger: 'border border-danger/50 text-danger hover:bg-danger/8',
};

export const buttonClass = (look: keyof typeof looks = 'primary') =>
  `inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-5 text-sm font-medium transition ${looks[look]}`;

export function Button({
  look = 'primary',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      {...props}
      className={`${buttonClass(look)} ${className}`}
    />
  );
}
