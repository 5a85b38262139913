import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import type { Kind } from '../api/types';

export const kinds: readonly Kind[] = ['info', 'success', 'warning', 'error'];

const looks = {
  info: { label: 'Information', Icon: Info, tone: 'text-accent' },
  success: { label: 'Success', Icon: CircleCheck, tone: 'text-success' },
  warning: { label: 'Warning', Icon: TriangleAlert, tone: 'text-warning' },
  error: { label: 'Error', Icon: CircleX, tone: 'text-danger' },
};

export const kindLabel = (kind: Kind) => looks[kind].label;

/** The kind as an icon, with its name for screen readers unless a text beside it says it. */
export function KindIcon({
  kind,
  labelled,
}: {
  kind: Kind;
  labelled?: boolean;
}) {
  const { Icon, tone, label } = looks[kind];
  return (
    <span className={`${tone} inline-flex`}>
      <Icon size={20} aria-hidden />
      {!labelled && <span className="sr-only">{label}</span>}
    </span>
  );
}
