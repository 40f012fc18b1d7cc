// One view or filter at a time, as two to five links. For choices sent with a form, use radios.

export interface SegmentLink {
  label: string;
  href: string;
  current?: boolean;
}

export const Segment = ({ label, links }: { label: string; links: readonly SegmentLink[] }) => (
  <div class="seg" role="group" aria-label={label}>
    {links.map((l) => (
      <a href={l.href} aria-current={l.current ? 'true' : undefined}>
        {l.label}
      </a>
    ))}
  </div>
);
