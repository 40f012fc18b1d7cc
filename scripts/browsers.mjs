// The oldest browsers in which whoever is not of the company can do what the public pages are for: those of phones that are four years old.

export const oldest = ['chrome108', 'firefox108', 'safari16'];
