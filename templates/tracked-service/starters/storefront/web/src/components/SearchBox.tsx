import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { inputClass } from './Field';

const pauseMs = 250;

/** Searches when the visitor pauses. */
export function SearchBox(props: {
  value: string;
  onChange: (text: string) => void;
}) {
  const { value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text.slice(0, 100)), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <search className="relative sm:w-72">
      <Search
        size={17}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-soft"
      />
      <input
        type="search"
        aria-label="Search products"
        placeholder="Search"
        value={text}
        maxLength={100}
        onChange={event => setText(event.target.value)}
        className={`${inputClass} rounded-full pl-10`}
      />
    </search>
  );
}
