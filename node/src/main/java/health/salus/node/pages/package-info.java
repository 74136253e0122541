/**
 * What all pages for people share: security headers, layout, languages, style, and how problems are told. A page is a method
 * of a {@link health.salus.node.pages.PageController}; templates, messages and assets lie in the resources of this package.
 */
@NullMarked
package health.salus.node.pages;

import org.jspecify.annotations.NullMarked;
