import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly kind?: 'plain' | 'outline' | 'primary' | 'danger';
  /** 24, 28, 32 and 40 pixels high. */
  readonly size?: 'small' | 'medium' | 'large' | 'hero';
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

const kinds = {
  plain: 'text-text hover:bg-hover aria-expanded:bg-chosen aria-pressed:bg-chosen',
  outline: 'border border-line text-text hover:bg-hover aria-expanded:bg-chosen aria-pressed:bg-chosen',
  primary: 'bg-inverse text-inverse-text hover:opacity-90 forced-colors:border',
  danger: 'text-refused hover:bg-refused-soft',
} as const;

const sizes = {
  small: 'h-6 px-1.5 text-xs gap-1',
  medium: 'h-7 px-2.5 text-sm gap-1.5',
  large: 'h-8 px-3 text-sm gap-1.5',
  hero: 'h-10 px-4 text-base gap-2',
} as const;

/** A button with a visible text; its text is its name. */
export function Button({ kind = 'outline', size = 'medium', icon, children, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={`inline-flex max-w-full shrink-0 items-center justify-center rounded font-medium whitespace-nowrap disabled:opacity-45 ${kinds[kind]} ${sizes[size]}`}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'> {
  /** The accessible name; also the tooltip unless `hint` says more. */
  readonly label: string;
  readonly hint?: string;
  readonly icon: ReactNode;
  readonly size?: 'small' | 'medium';
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that shows an icon only; `label` is its name. */
export function IconButton({ label, hint, icon, size = 'medium', type, ...rest }: IconButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      aria-label={label}
      title={hint ?? label}
      className={`inline-flex shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-text disabled:opacity-40 aria-pressed:bg-chosen aria-pressed:text-text ${size === 'small' ? 'size-6' : 'size-7'}`}
      {...rest}
    >
      {icon}
    </button>
  );
}
