import { SortButton } from './SortButton';
import { tableLook } from './tableLook';

/** The heading of a column; without a title, an empty cell. */
export function HeadCell(props: {
  title: string;
  align?: 'right';
  /** Present if a click on the heading sorts the table. */
  sorting?: {
    active: boolean;
    descending: boolean;
    onSort: (descending: boolean) => void;
  };
}) {
  const { title, align, sorting } = props;
  const look = { className: tableLook('TableHead'), 'data-align': align };
  if (!title) return <td {...look} />;
  if (!sorting) {
    return (
      <th {...look} scope="col">
        {title}
      </th>
    );
  }
  const { active, descending, onSort } = sorting;
  const present = descending ? 'descending' : 'ascending';
  // Figures sort from the highest first, names from A.
  const next = active ? !descending : align === 'right';
  return (
    <th {...look} scope="col" aria-sort={active ? present : 'none'}>
      <SortButton
        title={title}
        align={align}
        active={active}
        descending={active ? descending : next}
        onClick={() => onSort(next)}
      />
    </th>
  );
}
