// The oldest browsers that must support the public pages, for people outside the company: those of four-year-old phones.

export const oldest = ['chrome108', 'firefox108', 'safari16'];
