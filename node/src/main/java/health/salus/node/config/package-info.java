/** What can be configured, with its defaults: {@link health.salus.node.config.NodeSettings} is the file. */
@NullMarked
package health.salus.node.config;

import org.jspecify.annotations.NullMarked;
