/* The least that a `finish` can be. */
int main(void) {
    return 0;
}
