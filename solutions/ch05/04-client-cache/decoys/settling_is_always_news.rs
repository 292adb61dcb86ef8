// mistake: says that settling is news, whoever goes
// killed by: settling_is_no_news_when_all_have_come_back
// says: told that something is new, and it is not
// region: settle
        if self.settles.is_none_or(|settles| now < settles) {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        before > 0 || self.shown.is_empty()
