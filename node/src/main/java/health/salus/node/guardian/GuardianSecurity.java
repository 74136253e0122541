package health.salus.node.guardian;

import health.salus.node.pages.SignedInPages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Lets nobody see what guardians do but guardians who signed in; pages that codes lead to are for everybody. */
@Configuration(proxyBeanMethods = false)
class GuardianSecurity {
    @Bean
    @Order(2)
    SecurityFilterChain guardian(HttpSecurity http, SignedInPages pages) throws Exception {
        return pages.chain(http, GuardianSession.AREA, "/sign-in/**", "/welcome/**", "/new-key/**");
    }
}
