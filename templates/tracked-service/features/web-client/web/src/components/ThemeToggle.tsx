import { Moon, Sun } from 'lucide-react';
import { useState } from 'react';

export function ThemeToggle() {
  const [theme, setTheme] = useState(
    () => document.documentElement.dataset['theme'] ?? 'light',
  );
  const other = theme === 'dark' ? 'light' : 'dark';
  const Icon = theme === 'dark' ? Sun : Moon;
  const toggle = () => {
    document.documentElement.dataset['theme'] = other;
    localStorage.setItem('theme', other);
    setTheme(other);
  };
  return (
    <button
      type="button"
      className="grid size-11 place-items-center rounded-full hover:bg-sunken"
      aria-label={`Switch to the ${other} theme`}
      onClick={toggle}
    >
      <Icon size={19} aria-hidden />
    </button>
  );
}
